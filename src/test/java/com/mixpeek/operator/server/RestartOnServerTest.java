package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.EnvtestApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The API server is killed and comes back: the operator waits for it and goes on. */
class RestartOnServerTest {

  private static final Duration BACK = Duration.ofSeconds(60);
  private static final int CLONES = 5;

  @Test
  void theOperatorGoesOnWhenTheServerIsBack() throws IOException {
    try (Scene scene = new Scene("the API server killed and started again")) {
      EnvtestApiServer server = ownServer(scene);
      for (CatalogKind<?, ?> kind : kinds()) {
        scene.create(source(kind, "origin", "origin_name"));
        create(scene, kind, "waiting", "late");
      }
      scene.startOperator();
      for (CatalogKind<?, ?> kind : kinds()) {
        scene.awaitReason(clones(kind) + "/waiting-0", Reason.SourceNotFound);
        create(scene, kind, "before", "origin");
      }
      server.stopServer();
      server.startServer();
      long back = System.nanoTime();
      for (CatalogKind<?, ?> kind : kinds()) {
        create(scene, kind, "during", "origin");
        scene.create(source(kind, "late", "late_name"));
      }
      for (String when : List.of("before", "during", "waiting")) {
        awaitDone(scene, when);
        System.out.printf(
            "Clones made %s the restart are done %.1f s after the API server is back.%n",
            when, (System.nanoTime() - back) / 1e9);
      }
      for (CatalogKind<?, ?> kind : kinds()) {
        create(scene, kind, "after", "origin");
      }
      awaitDone(scene, "after");
      for (CatalogKind<?, ?> kind : kinds()) {
        oneTargetEach(scene, kind);
      }
    }
  }

  /** The server dies while the operator is down, and is not there yet when the operator starts. */
  @Test
  void theOperatorIsStartedBeforeTheServer() throws Exception {
    try (Scene scene = new Scene("an operator that is there before the API server")) {
      EnvtestApiServer server = ownServer(scene);
      for (CatalogKind<?, ?> kind : kinds()) {
        scene.create(source(kind, "origin", "origin_name"));
        create(scene, kind, "before", "origin");
      }
      server.stopServer();
      Thread start = new Thread(scene::startOperator, "start");
      start.start();
      server.startServer();
      long back = System.nanoTime();
      awaitDone(scene, "before");
      System.out.printf(
          "An operator that was there first is done %.1f s after the API server.%n",
          (System.nanoTime() - back) / 1e9);
      start.join(BACK.toMillis());
      assertThat(start.isAlive()).isFalse();
      for (CatalogKind<?, ?> kind : kinds()) {
        oneTargetEach(scene, kind);
      }
    }
  }

  private static List<CatalogKind<?, ?>> kinds() {
    return Manifests.kinds().toList();
  }

  private static EnvtestApiServer ownServer(Scene scene) {
    boolean own = scene.server instanceof EnvtestApiServer;
    if (!own) {
      System.err.printf("%n*** SKIPPED: a cluster's API server is not ours to kill.%n%n");
      scene.close();
    }
    Assumptions.assumeTrue(own, "not our API server");
    return (EnvtestApiServer) scene.server;
  }

  private static void create(Scene scene, CatalogKind<?, ?> kind, String when, String source) {
    for (int i = 0; i < CLONES; i++) {
      scene.create(cloneOf(kind, when + "-" + i, source, when + "_" + i));
    }
  }

  private static void awaitDone(Scene scene, String when) {
    for (CatalogKind<?, ?> kind : kinds()) {
      for (int i = 0; i < CLONES; i++) {
        scene.awaitReason(clones(kind) + "/" + when + "-" + i, Reason.Cloned, BACK);
      }
    }
  }

  /** Read from the server, not from a cache: a target for each clone, and no ID twice. */
  private static void oneTargetEach(Scene scene, CatalogKind<?, ?> kind) {
    List<JsonNode> all = scene.list(sources(kind));
    assertThat(values(all, "/status/" + kind.idField())).doesNotHaveDuplicates().doesNotContain("");
    assertThat(values(all, "/spec/" + kind.nameField())).doesNotHaveDuplicates();
    String mark = "/metadata/labels/" + Labels.CLONE_UID.replace("/", "~1");
    assertThat(values(all, mark).filter(uid -> !uid.isEmpty()))
        .containsExactlyInAnyOrderElementsOf(
            values(scene.list(clones(kind)), "/metadata/uid").toList());
  }

  private static Stream<String> values(List<JsonNode> resources, String pointer) {
    return resources.stream().map(r -> r.at(pointer).asText());
  }
}
