package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.EnvtestApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The API server is killed and comes back: the operator waits for it and goes on. */
class RestartOnServerTest {

  private static final Duration BACK = Duration.ofSeconds(60);
  private static final int CLONES = 5;

  @Test
  void theOperatorGoesOnWhenTheServerIsBack() throws IOException {
    try (TestNamespace namespace =
        TestNamespace.onRealServer("the API server killed and started again")) {
      JsonResources resources = namespace.json();
      EnvtestApiServer server = namespace.requireOwnServer("a restart of the API server");
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        resources.create(source(kind, "origin", "origin_name"));
        create(resources, kind, "waiting", "late");
      }
      namespace.startClusterWideOperator();
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        resources.awaitReason(clones(kind) + "/waiting-0", Reason.SourceNotFound);
        create(resources, kind, "before", "origin");
      }
      server.stopServer();
      server.startServer();
      long back = System.nanoTime();
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        create(resources, kind, "during", "origin");
        resources.create(source(kind, "late", "late_name"));
      }
      for (String when : List.of("before", "during", "waiting")) {
        awaitDone(resources, when);
        System.out.printf(
            "Clones made %s the restart are done %.1f s after the API server is back.%n",
            when, (System.nanoTime() - back) / 1e9);
      }
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        create(resources, kind, "after", "origin");
      }
      awaitDone(resources, "after");
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        oneTargetEach(resources, kind);
      }
    }
  }

  /** The server dies while the operator is down, and is not there yet when the operator starts. */
  @Test
  void theOperatorIsStartedBeforeTheServer() throws Exception {
    try (TestNamespace namespace =
        TestNamespace.onRealServer("an operator that is there before the API server")) {
      JsonResources resources = namespace.json();
      EnvtestApiServer server = namespace.requireOwnServer("a restart of the API server");
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        resources.create(source(kind, "origin", "origin_name"));
        create(resources, kind, "before", "origin");
      }
      server.stopServer();
      Thread start = new Thread(namespace::startClusterWideOperator, "start");
      start.start();
      server.startServer();
      long back = System.nanoTime();
      awaitDone(resources, "before");
      System.out.printf(
          "An operator that was there first is done %.1f s after the API server.%n",
          (System.nanoTime() - back) / 1e9);
      start.join(BACK.toMillis());
      assertThat(start.isAlive()).isFalse();
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        oneTargetEach(resources, kind);
      }
    }
  }

  private static void create(
      JsonResources resources, CatalogKind<?, ?> kind, String when, String source) {
    for (int i = 0; i < CLONES; i++) {
      resources.create(cloneOf(kind, when + "-" + i, source, when + "_" + i));
    }
  }

  private static void awaitDone(JsonResources resources, String when) {
    for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
      for (int i = 0; i < CLONES; i++) {
        resources.awaitReason(clones(kind) + "/" + when + "-" + i, Reason.Cloned, BACK);
      }
    }
  }

  /** Read from the server, not from a cache: a target for each clone, and no ID twice. */
  private static void oneTargetEach(JsonResources resources, CatalogKind<?, ?> kind) {
    List<JsonNode> all = resources.list(sources(kind));
    assertThat(values(all, "/status/" + kind.idField())).doesNotHaveDuplicates().doesNotContain("");
    assertThat(values(all, "/spec/" + kind.nameField())).doesNotHaveDuplicates();
    String cloneUid = "/metadata/labels/" + Labels.CLONE_UID.replace("/", "~1");
    assertThat(values(all, cloneUid).filter(uid -> !uid.isEmpty()))
        .containsExactlyInAnyOrderElementsOf(
            values(resources.list(clones(kind)), "/metadata/uid").toList());
  }

  private static Stream<String> values(List<JsonNode> resources, String pointer) {
    return resources.stream().map(r -> r.at(pointer).asText());
  }
}
