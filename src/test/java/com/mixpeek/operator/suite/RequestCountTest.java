package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operator asks of the API server, request by request. */
@ParameterizedClass
@EnumSource(TestServer.class)
class RequestCountTest {

  /** Long enough for anything that the operator might do by itself to be seen. */
  private static final Duration IDLE = Duration.ofSeconds(3);

  private final ApiServer server;

  RequestCountTest(TestServer server) {
    this.server = server.orSkip("request counts");
  }

  @ForEachKind
  void threeWritesAndNoReadAClone(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = new TestNamespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(kind);
      RequestRecorder recorder = namespace.startOperator().recorder();
      resources.createResource("origin", "origin_name");
      resources.awaitResource("origin", Reason.Assigned);
      recorder.clear();
      resources.createClone("copy", "origin", "copy_name");
      resources.awaitReason("copy", Reason.Cloned);
      String plural = plural(kind.resourceType());
      String clones = plural(kind.cloneType());
      await("these requests and no others")
          .during(Duration.ofMillis(500))
          .atMost(TestNamespace.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(recorder.requests())
                      .extracting(ApiRequest::toString)
                      .containsExactlyInAnyOrder(
                          "create " + plural + ".mixpeek.com",
                          "patch " + plural + "/status.mixpeek.com",
                          "create events.events.k8s.io",
                          "patch " + clones + "/status.mixpeek.com"));
    }
  }

  @Test
  void oneListAndOneWatchForEachKind() {
    try (TestNamespace namespace = new TestNamespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      RequestRecorder recorder = namespace.startOperator().recorder();
      resources.createClone("copy", "nowhere", "copy_name");
      resources.awaitReason("copy", Reason.SourceNotFound);
      Map<String, Long> reads =
          recorder.requests().stream()
              .filter(r -> !r.writes())
              .collect(Collectors.groupingBy(ApiRequest::toString, Collectors.counting()));
      assertThat(reads)
          .isEqualTo(
              Stream.of(
                      "collections",
                      "taxonomies",
                      "collectionclones",
                      "taxonomyclones",
                      "connections")
                  .flatMap(p -> Stream.of("list " + p, "watch " + p))
                  .collect(Collectors.toMap(r -> r + ".mixpeek.com", r -> 1L)));
    }
  }

  @ForEachKind
  void noWriteOnRestartOrWhileIdle(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = new TestNamespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(kind);
      Map<String, Reason> ends = everyReasonThatStays(resources);
      namespace.startOperator();
      ends.forEach(resources::awaitReason);
      resources.deleteResource("missing");
      resources.awaitReason("missing", Reason.TargetMissing);
      Map<String, String> before = versions(resources);
      RunningOperator second = namespace.startOperator();
      await("no write for a while")
          .during(IDLE)
          .until(() -> second.recorder().requests().stream().noneMatch(ApiRequest::writes));
      assertThat(versions(resources)).isEqualTo(before);
    }
  }

  /** Clones that end in each of the reasons that last. */
  private static Map<String, Reason> everyReasonThatStays(TypedResources<?, ?> resources) {
    resources.createResource("origin", "origin_name");
    resources.createResource("holder", "taken_name");
    resources.createResource("blocked", "blocker_name");
    resources.createClone("done", "origin", "done_name");
    resources.createClone("missing", "origin", "missing_name");
    resources.createClone("lost", "nowhere", "lost_name");
    resources.createClone("clash", "origin", "taken_name");
    resources.createClone("blocked", "origin", "free_name");
    resources.createClone("paused", "origin", "paused_name", c -> c.getSpec().setSuspend(true));
    return Map.of(
        "done", Reason.Cloned,
        "missing", Reason.Cloned,
        "lost", Reason.SourceNotFound,
        "clash", Reason.NameConflict,
        "blocked", Reason.TargetExists,
        "paused", Reason.Suspended);
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>>
      Map<String, String> versions(TypedResources<C, R> resources) {
    Function<HasMetadata, String> version = r -> r.getMetadata().getResourceVersion();
    return Stream.concat(resources.resources().stream(), resources.clones().stream())
        .collect(Collectors.toMap(r -> r.getKind() + "/" + r.getMetadata().getName(), version));
  }

  private static String plural(Class<? extends HasMetadata> type) {
    return HasMetadata.getPlural(type);
  }
}
