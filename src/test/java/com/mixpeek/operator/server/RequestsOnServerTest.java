package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.overrides;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.RequestRecorder;
import java.time.Duration;
import java.util.List;

/** What the operator asks of a real API server, request by request. */
class RequestsOnServerTest {

  @ForEachKind
  void threeWritesAClone(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("the requests of a clone")) {
      JsonResources resources = namespace.json();
      RequestRecorder recorder = namespace.startClusterWideOperator().recorder();
      resources.create(source(kind, "origin", "origin_name"));
      resources.awaitReason(sources(kind) + "/origin", Reason.Assigned);
      recorder.clear();
      cloneOnceMore(resources, kind, recorder);
    }
  }

  @ForEachKind
  void nothingIsWrittenAfterARestartNorWhileIdle(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("the requests of a restart")) {
      JsonResources resources = namespace.json();
      namespace.startClusterWideOperator();
      everyReasonThatWaits(resources, kind);
      namespace.stopOperator();
      List<String> before = versions(resources, kind);

      RequestRecorder recorder = namespace.startClusterWideOperator().recorder();
      await("an operator that has looked at everything")
          .atMost(TestNamespace.PATIENCE)
          .during(Duration.ofSeconds(3))
          .until(() -> recorder.writes().isEmpty());
      assertThat(versions(resources, kind)).isEqualTo(before);
      assertThat(recorder.requests().stream().filter(ApiRequest::writes)).isEmpty();
      List<String> reads = recorder.requests().stream().map(ApiRequest::toString).toList();
      for (String verb : List.of("list ", "watch ")) {
        assertThat(reads.stream().filter(r -> r.startsWith(verb)))
            .containsExactlyInAnyOrder(
                verb + "collections.mixpeek.com",
                verb + "collectionclones.mixpeek.com",
                verb + "taxonomies.mixpeek.com",
                verb + "taxonomyclones.mixpeek.com",
                verb + "connections.mixpeek.com");
      }
      assertThat(recorder.requests().stream().filter(ApiRequest::ours)).hasSize(10);
      recorder.clear();
      cloneOnceMore(resources, kind, recorder);
    }
  }

  /** A clone of a source that is ready goes through, and the requests are those of that one. */
  private static void cloneOnceMore(
      JsonResources resources, CatalogKind<?, ?> kind, RequestRecorder recorder) {
    resources.create(cloneOf(kind, "more", "origin", "more_name"));
    resources.awaitReason(clones(kind) + "/more", Reason.Cloned);
    await("no request beyond these")
        .during(Duration.ofSeconds(1))
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(recorder.requests().stream().filter(ApiRequest::ours))
                    .extracting(ApiRequest::toString)
                    .containsExactly(
                        "create %s.mixpeek.com".formatted(sources(kind)),
                        "patch %s/status.mixpeek.com".formatted(sources(kind)),
                        "patch %s/status.mixpeek.com".formatted(clones(kind))));
    assertThat(recorder.requests().stream().filter(r -> !r.ours()))
        .extracting(ApiRequest::toString)
        .containsOnly("create events.events.k8s.io");
  }

  private static void everyReasonThatWaits(JsonResources resources, CatalogKind<?, ?> kind) {
    resources.create(source(kind, "origin", "origin_name"));
    resources.awaitReason(sources(kind) + "/origin", Reason.Assigned);
    resources.create(source(kind, "duplicate", "origin_name"));
    resources.awaitReason(sources(kind) + "/duplicate", Reason.DuplicateName);
    resources.create(source(kind, "exists", "exists_name"));
    resources.create(cloneOf(kind, "done", "origin", "done_name"));
    ObjectNode owned = cloneOf(kind, "owned", "origin", "owned_name");
    spec(owned).put("deletionPolicy", "Delete").put("targetName", "owned-target");
    resources.create(owned);
    resources.create(cloneOf(kind, "missing", "origin", "missing_name"));
    resources.create(cloneOf(kind, "not-found", "absent", "not_found"));
    resources.create(cloneOf(kind, "not-ready", "duplicate", "not_ready"));
    resources.create(cloneOf(kind, "conflict", "origin", "origin_name"));
    resources.create(cloneOf(kind, "exists", "origin", "some_name"));
    ObjectNode suspended = cloneOf(kind, "suspended", "origin", "suspended_name");
    spec(suspended).put("suspend", true);
    resources.create(suspended);
    ObjectNode invalid = cloneOf(kind, "invalid", "origin", "invalid_name");
    spec(invalid).set("targetMetadata", SampleResources.tooBig());
    resources.create(invalid);
    ObjectNode refused = cloneOf(kind, "found-invalid", "origin", "found_invalid");
    String[] wrong =
        SampleResources.isCollection(kind)
            ? new String[] {
              "featureExtractor",
              "{'featureExtractorName': 'x', 'version': 'v1', 'inputMappings': {'a': 1}}"
            }
            : new String[] {
              "config",
              "{'taxonomyType': 'hierarchical', 'hierarchicalNodes': [{'collectionId': 'col_a',"
                  + " 'parentCollectionId': 'col_b'}]}"
            };
    overrides(refused).set(wrong[0], JsonResources.json(wrong[1]));
    resources.create(refused);

    awaitReason(resources, kind, "done", Reason.Cloned);
    awaitReason(resources, kind, "owned", Reason.Cloned);
    awaitReason(resources, kind, "missing", Reason.Cloned);
    resources.delete(sources(kind) + "/missing");
    awaitReason(resources, kind, "missing", Reason.TargetMissing);
    awaitReason(resources, kind, "not-found", Reason.SourceNotFound);
    awaitReason(resources, kind, "not-ready", Reason.SourceNotReady);
    awaitReason(resources, kind, "conflict", Reason.NameConflict);
    awaitReason(resources, kind, "exists", Reason.TargetExists);
    awaitReason(resources, kind, "suspended", Reason.Suspended);
    awaitReason(resources, kind, "invalid", Reason.InvalidOverrides);
    awaitReason(resources, kind, "found-invalid", Reason.InvalidOverrides);
  }

  private static void awaitReason(
      JsonResources resources, CatalogKind<?, ?> kind, String clone, Reason reason) {
    resources.awaitReason(clones(kind) + "/" + clone, reason);
  }

  private static List<String> versions(JsonResources resources, CatalogKind<?, ?> kind) {
    return List.of(sources(kind), clones(kind)).stream()
        .flatMap(plural -> resources.list(plural).stream())
        .map(r -> r.at("/metadata/name").asText() + r.at("/metadata/resourceVersion").asText())
        .toList();
  }
}
