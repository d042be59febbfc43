package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.Wire;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Six clones ask for one new name at one moment, again and again. */
class RaceOnServerTest {

  private static final int ROUNDS = 10;
  private static final int CLONES = 6;

  @ParameterizedTest
  @MethodSource("com.mixpeek.operator.server.Manifests#kinds")
  void oneGetsTheNameAndOneOfTheOthersGetsItNext(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("clones that race for a name")) {
      Wire wire = scene.startOperator().wire();
      scene.create(source(kind, "origin", "origin_name"));
      scene.awaitReason(sources(kind) + "/origin", Reason.Assigned);
      for (int round = 0; round < ROUNDS; round++) {
        String prefix = "r" + round + "-";
        String name = "wanted_" + round;
        wire.forget();
        IntStream.range(0, CLONES)
            .parallel()
            .forEach(i -> scene.create(cloneOf(kind, prefix + i, "origin", name)));
        awaitReasons(scene, kind, prefix, List.of("Cloned"), CLONES - 1);
        JsonNode winner = ofReason(scene, kind, prefix, "Cloned").get(0);
        String won = winner.at("/metadata/name").asText();
        oneHasIt(scene, kind, name, won, winner);
        assertThat(creates(wire)).isEqualTo(1);

        scene.delete(sources(kind) + "/" + won);
        awaitReasons(scene, kind, prefix, List.of("Cloned", "TargetMissing"), CLONES - 2);
        JsonNode next = ofReason(scene, kind, prefix, "Cloned").get(0);
        assertThat(next.at("/metadata/name").asText()).isNotEqualTo(won);
        assertThat(next.at("/status/" + kind.idField()))
            .isNotEqualTo(winner.at("/status/" + kind.idField()));
        assertThat(
                ofReason(scene, kind, prefix, "TargetMissing")
                    .get(0)
                    .at("/status/" + kind.idField()))
            .isEqualTo(winner.at("/status/" + kind.idField()));
        oneHasIt(scene, kind, name, next.at("/metadata/name").asText(), next);
        assertThat(creates(wire)).isEqualTo(2);
      }
    }
  }

  /** Waits until each of the reasons is that of one clone, and NameConflict that of the others. */
  private static void awaitReasons(
      Scene scene, CatalogKind<?, ?> kind, String prefix, List<String> once, int others) {
    await("one %s of %s".formatted(once, prefix))
        .atMost(Scene.PATIENCE)
        .untilAsserted(
            () -> {
              List<String> reasons =
                  round(scene, kind, prefix).stream().map(Scene::reason).toList();
              assertThat(reasons).hasSize(CLONES).containsAll(once);
              assertThat(reasons.stream().filter("NameConflict"::equals)).hasSize(others);
            });
  }

  private static void oneHasIt(
      Scene scene, CatalogKind<?, ?> kind, String name, String target, JsonNode clone) {
    List<JsonNode> named =
        scene.list(sources(kind)).stream()
            .filter(r -> r.at("/spec/" + kind.nameField()).asText().equals(name))
            .toList();
    assertThat(named).hasSize(1);
    assertThat(named.get(0).at("/metadata/name").asText()).isEqualTo(target);
    assertThat(named.get(0).at("/status/" + kind.idField()))
        .isEqualTo(clone.at("/status/" + kind.idField()));
    assertThat(Scene.reason(named.get(0))).isEqualTo("Assigned");
  }

  private static long creates(Wire wire) {
    return wire.writes().stream().filter(w -> w.verb().equals("create")).count();
  }

  private static List<JsonNode> ofReason(
      Scene scene, CatalogKind<?, ?> kind, String prefix, String reason) {
    return round(scene, kind, prefix).stream()
        .filter(c -> Scene.reason(c).equals(reason))
        .collect(Collectors.toList());
  }

  private static List<JsonNode> round(Scene scene, CatalogKind<?, ?> kind, String prefix) {
    return scene.list(clones(kind)).stream()
        .filter(c -> c.at("/metadata/name").asText().startsWith(prefix))
        .toList();
  }
}
