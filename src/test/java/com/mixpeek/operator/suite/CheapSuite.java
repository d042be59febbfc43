package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RunningOperator;
import com.mixpeek.operator.testing.Wire;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator asks of the API server, request by request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CheapSuite {

  /** Long enough for anything that the operator might do by itself to be seen. */
  private static final Duration IDLE = Duration.ofSeconds(3);

  abstract ApiServer server();

  static Stream<CatalogKind<?, ?>> kinds() {
    return Stream.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void threeWritesAndNoReadAClone(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = new World<>(kind, server())) {
      Wire wire = world.startOperator().wire();
      world.resource("origin", "origin_name");
      world.awaitResource("origin", Reason.Assigned);
      wire.forget();
      world.clone("copy", "origin", "copy_name");
      world.awaitReason("copy", Reason.Cloned);
      String resources = plural(kind.resourceType());
      String clones = plural(kind.cloneType());
      await().during(Duration.ofMillis(500)).until(() -> true);
      assertThat(wire.requests())
          .extracting(ApiRequest::toString)
          .containsExactlyInAnyOrder(
              "create " + resources + ".mixpeek.com",
              "patch " + resources + "/status.mixpeek.com",
              "create events.events.k8s.io",
              "patch " + clones + "/status.mixpeek.com");
    }
  }

  @Test
  void oneListAndOneWatchForEachKind() {
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server())) {
      Wire wire = world.startOperator().wire();
      world.clone("copy", "nowhere", "copy_name");
      world.awaitReason("copy", Reason.SourceNotFound);
      Map<String, Long> reads =
          wire.requests().stream()
              .filter(r -> !r.writes())
              .collect(Collectors.groupingBy(ApiRequest::toString, Collectors.counting()));
      assertThat(reads)
          .isEqualTo(
              Stream.of("collections", "taxonomies", "collectionclones", "taxonomyclones")
                  .flatMap(p -> Stream.of("list " + p, "watch " + p))
                  .collect(Collectors.toMap(r -> r + ".mixpeek.com", r -> 1L)));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noWriteOnRestartOrWhileIdle(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = new World<>(kind, server())) {
      Map<String, Reason> ends = everyReasonThatStays(world);
      world.startOperator();
      ends.forEach(world::awaitReason);
      world.deleteResource("missing");
      world.awaitReason("missing", Reason.TargetMissing);
      Map<String, String> before = versions(world);
      RunningOperator second = world.startOperator();
      await().during(IDLE).atMost(IDLE.multipliedBy(2)).until(() -> true);
      assertThat(second.wire().requests()).filteredOn(ApiRequest::writes).isEmpty();
      assertThat(versions(world)).isEqualTo(before);
    }
  }

  /** Clones that end in each of the reasons that last. */
  private static Map<String, Reason> everyReasonThatStays(World<?, ?> world) {
    world.resource("origin", "origin_name");
    world.resource("holder", "taken_name");
    world.resource("blocked", "blocker_name");
    world.clone("done", "origin", "done_name");
    world.clone("missing", "origin", "missing_name");
    world.clone("lost", "nowhere", "lost_name");
    world.clone("clash", "origin", "taken_name");
    world.clone("blocked", "origin", "free_name");
    world.clone("paused", "origin", "paused_name", c -> c.getSpec().setSuspend(true));
    return Map.of(
        "done", Reason.Cloned,
        "missing", Reason.Cloned,
        "lost", Reason.SourceNotFound,
        "clash", Reason.NameConflict,
        "blocked", Reason.TargetExists,
        "paused", Reason.Suspended);
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>>
      Map<String, String> versions(World<C, R> world) {
    Function<HasMetadata, String> version = r -> r.getMetadata().getResourceVersion();
    return Stream.concat(world.resources().stream(), world.clones().stream())
        .collect(Collectors.toMap(r -> r.getKind() + "/" + r.getMetadata().getName(), version));
  }

  private static String plural(Class<? extends HasMetadata> type) {
    return HasMetadata.getPlural(type);
  }
}
