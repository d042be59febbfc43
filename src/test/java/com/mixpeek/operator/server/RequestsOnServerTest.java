package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.overrides;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static com.mixpeek.operator.server.Manifests.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator asks of a real API server, request by request. */
class RequestsOnServerTest {

  private static final String KINDS = "com.mixpeek.operator.server.Manifests#kinds";

  @ParameterizedTest
  @MethodSource(KINDS)
  void threeWritesAClone(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("the requests of a clone")) {
      Wire wire = scene.startOperator().wire();
      scene.create(source(kind, "origin", "origin_name"));
      scene.awaitReason(sources(kind) + "/origin", Reason.Assigned);
      wire.forget();
      cloneOnceMore(scene, kind, wire);
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void nothingIsWrittenAfterARestartNorWhileIdle(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("the requests of a restart")) {
      scene.startOperator();
      everyReasonThatWaits(scene, kind);
      scene.stopOperator();
      List<String> before = versions(scene, kind);

      Wire wire = scene.startOperator().wire();
      await("an operator that has looked at everything")
          .atMost(Scene.PATIENCE)
          .during(Duration.ofSeconds(3))
          .until(() -> wire.writes().isEmpty());
      assertThat(versions(scene, kind)).isEqualTo(before);
      assertThat(wire.requests().stream().filter(ApiRequest::writes)).isEmpty();
      List<String> reads = wire.requests().stream().map(ApiRequest::toString).toList();
      for (String verb : List.of("list ", "watch ")) {
        assertThat(reads.stream().filter(r -> r.startsWith(verb)))
            .containsExactlyInAnyOrder(
                verb + "collections.mixpeek.com",
                verb + "collectionclones.mixpeek.com",
                verb + "taxonomies.mixpeek.com",
                verb + "taxonomyclones.mixpeek.com");
      }
      assertThat(wire.requests().stream().filter(ApiRequest::ours)).hasSize(8);
      wire.forget();
      cloneOnceMore(scene, kind, wire);
    }
  }

  /** A clone of a source that is ready goes through, and the requests are those of that one. */
  private static void cloneOnceMore(Scene scene, CatalogKind<?, ?> kind, Wire wire) {
    scene.create(cloneOf(kind, "more", "origin", "more_name"));
    scene.awaitReason(clones(kind) + "/more", Reason.Cloned);
    await("no request beyond these")
        .during(Duration.ofSeconds(1))
        .atMost(Scene.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(wire.requests().stream().filter(ApiRequest::ours))
                    .extracting(ApiRequest::toString)
                    .containsExactly(
                        "create %s.mixpeek.com".formatted(sources(kind)),
                        "patch %s/status.mixpeek.com".formatted(sources(kind)),
                        "patch %s/status.mixpeek.com".formatted(clones(kind))));
    assertThat(wire.requests().stream().filter(r -> !r.ours()))
        .extracting(ApiRequest::toString)
        .containsOnly("create events.events.k8s.io");
  }

  private static void everyReasonThatWaits(Scene scene, CatalogKind<?, ?> kind) {
    scene.create(source(kind, "origin", "origin_name"));
    scene.awaitReason(sources(kind) + "/origin", Reason.Assigned);
    scene.create(source(kind, "duplicate", "origin_name"));
    scene.awaitReason(sources(kind) + "/duplicate", Reason.DuplicateName);
    scene.create(source(kind, "exists", "exists_name"));
    scene.create(cloneOf(kind, "done", "origin", "done_name"));
    ObjectNode owned = cloneOf(kind, "owned", "origin", "owned_name");
    spec(owned).put("deletionPolicy", "Delete").put("targetName", "owned-target");
    scene.create(owned);
    scene.create(cloneOf(kind, "missing", "origin", "missing_name"));
    scene.create(cloneOf(kind, "not-found", "absent", "not_found"));
    scene.create(cloneOf(kind, "not-ready", "duplicate", "not_ready"));
    scene.create(cloneOf(kind, "conflict", "origin", "origin_name"));
    scene.create(cloneOf(kind, "exists", "origin", "some_name"));
    ObjectNode suspended = cloneOf(kind, "suspended", "origin", "suspended_name");
    spec(suspended).put("suspend", true);
    scene.create(suspended);
    ObjectNode invalid = cloneOf(kind, "invalid", "origin", "invalid_name");
    spec(invalid).set("targetMetadata", Manifests.tooBig());
    scene.create(invalid);
    ObjectNode refused = cloneOf(kind, "found-invalid", "origin", "found_invalid");
    String[] wrong =
        Manifests.isCollection(kind)
            ? new String[] {
              "featureExtractor",
              "{'featureExtractorName': 'x', 'version': 'v1', 'inputMappings': {'a': 1}}"
            }
            : new String[] {
              "config",
              "{'taxonomyType': 'hierarchical', 'hierarchicalNodes': [{'collectionId': 'col_a',"
                  + " 'parentCollectionId': 'col_b'}]}"
            };
    overrides(refused).set(wrong[0], Manifests.json(wrong[1]));
    scene.create(refused);

    awaitReason(scene, kind, "done", Reason.Cloned);
    awaitReason(scene, kind, "owned", Reason.Cloned);
    awaitReason(scene, kind, "missing", Reason.Cloned);
    scene.delete(sources(kind) + "/missing");
    awaitReason(scene, kind, "missing", Reason.TargetMissing);
    awaitReason(scene, kind, "not-found", Reason.SourceNotFound);
    awaitReason(scene, kind, "not-ready", Reason.SourceNotReady);
    awaitReason(scene, kind, "conflict", Reason.NameConflict);
    awaitReason(scene, kind, "exists", Reason.TargetExists);
    awaitReason(scene, kind, "suspended", Reason.Suspended);
    awaitReason(scene, kind, "invalid", Reason.InvalidOverrides);
    awaitReason(scene, kind, "found-invalid", Reason.InvalidOverrides);
  }

  private static void awaitReason(
      Scene scene, CatalogKind<?, ?> kind, String clone, Reason reason) {
    scene.awaitReason(clones(kind) + "/" + clone, reason);
  }

  private static List<String> versions(Scene scene, CatalogKind<?, ?> kind) {
    return List.of(sources(kind), clones(kind)).stream()
        .flatMap(plural -> scene.list(plural).stream())
        .map(r -> r.at("/metadata/name").asText() + r.at("/metadata/resourceVersion").asText())
        .toList();
  }
}
