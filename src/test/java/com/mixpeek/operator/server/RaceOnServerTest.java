package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.RequestRecorder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Six clones ask for one new name at one moment, again and again. */
class RaceOnServerTest {

  private static final int ROUNDS = 10;
  private static final int CLONES = 6;

  @ForEachKind
  void oneGetsTheNameAndOneOfTheOthersGetsItNext(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("clones that race for a name")) {
      JsonResources resources = namespace.json();
      RequestRecorder recorder = namespace.startClusterWideOperator().recorder();
      resources.create(source(kind, "origin", "origin_name"));
      resources.awaitReason(sources(kind) + "/origin", Reason.Assigned);
      for (int round = 0; round < ROUNDS; round++) {
        String prefix = "r" + round + "-";
        String name = "wanted_" + round;
        recorder.clear();
        IntStream.range(0, CLONES)
            .parallel()
            .forEach(i -> resources.create(cloneOf(kind, prefix + i, "origin", name)));
        awaitReasons(resources, kind, prefix, List.of("Cloned"), CLONES - 1);
        JsonNode winner = ofReason(resources, kind, prefix, "Cloned").get(0);
        String won = winner.at("/metadata/name").asText();
        oneHasIt(resources, kind, name, won, winner);
        assertThat(creates(recorder)).isEqualTo(1);

        resources.delete(sources(kind) + "/" + won);
        awaitReasons(resources, kind, prefix, List.of("Cloned", "TargetMissing"), CLONES - 2);
        JsonNode next = ofReason(resources, kind, prefix, "Cloned").get(0);
        assertThat(next.at("/metadata/name").asText()).isNotEqualTo(won);
        assertThat(next.at("/status/" + kind.idField()))
            .isNotEqualTo(winner.at("/status/" + kind.idField()));
        assertThat(
                ofReason(resources, kind, prefix, "TargetMissing")
                    .get(0)
                    .at("/status/" + kind.idField()))
            .isEqualTo(winner.at("/status/" + kind.idField()));
        oneHasIt(resources, kind, name, next.at("/metadata/name").asText(), next);
        assertThat(creates(recorder)).isEqualTo(2);
      }
    }
  }

  /** Waits until each of the reasons is that of one clone, and NameConflict that of the others. */
  private static void awaitReasons(
      JsonResources resources,
      CatalogKind<?, ?> kind,
      String prefix,
      List<String> once,
      int others) {
    await("one %s of %s".formatted(once, prefix))
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(
            () -> {
              List<String> reasons =
                  round(resources, kind, prefix).stream().map(JsonResources::reason).toList();
              assertThat(reasons).hasSize(CLONES).containsAll(once);
              assertThat(reasons.stream().filter("NameConflict"::equals)).hasSize(others);
            });
  }

  private static void oneHasIt(
      JsonResources resources, CatalogKind<?, ?> kind, String name, String target, JsonNode clone) {
    List<JsonNode> named =
        resources.list(sources(kind)).stream()
            .filter(r -> r.at("/spec/" + kind.nameField()).asText().equals(name))
            .toList();
    assertThat(named).hasSize(1);
    assertThat(named.get(0).at("/metadata/name").asText()).isEqualTo(target);
    assertThat(named.get(0).at("/status/" + kind.idField()))
        .isEqualTo(clone.at("/status/" + kind.idField()));
    assertThat(JsonResources.reason(named.get(0))).isEqualTo("Assigned");
  }

  private static long creates(RequestRecorder recorder) {
    return recorder.writes().stream().filter(w -> w.verb().equals("create")).count();
  }

  private static List<JsonNode> ofReason(
      JsonResources resources, CatalogKind<?, ?> kind, String prefix, String reason) {
    return round(resources, kind, prefix).stream()
        .filter(c -> JsonResources.reason(c).equals(reason))
        .collect(Collectors.toList());
  }

  private static List<JsonNode> round(
      JsonResources resources, CatalogKind<?, ?> kind, String prefix) {
    return resources.list(clones(kind)).stream()
        .filter(c -> c.at("/metadata/name").asText().startsWith(prefix))
        .toList();
  }
}
