package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.Wire;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A namespace that a person deletes goes, with all that clones made and waited for in it. */
class NamespaceGoneOnServerTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itGoesWhetherTheOperatorRunsOrNot(boolean running) {
    try (Scene scene = new Scene("a namespace that goes");
        Scene elsewhere = new Scene("a namespace that stays")) {
      scene.needsControllers("the deletion of a namespace");
      for (CatalogKind<?, ?> kind : Manifests.kinds().toList()) {
        scene.create(source(kind, "origin", "origin_name"));
        scene.create(source(kind, "holder", "taken_name"));
        scene.create(cloneOf(kind, "done", "origin", "done_name"));
        scene.create(cloneOf(kind, "late", "absent", "late_name"));
        scene.create(cloneOf(kind, "conflict", "origin", "taken_name"));
        var owned = cloneOf(kind, "owned", "origin", "owned_name");
        Manifests.spec(owned).put("deletionPolicy", "Delete");
        scene.create(owned);
      }
      var operator = scene.startOperator();
      for (CatalogKind<?, ?> kind : Manifests.kinds().toList()) {
        scene.awaitReason(clones(kind) + "/done", Reason.Cloned);
        scene.awaitReason(clones(kind) + "/owned", Reason.Cloned);
        scene.awaitReason(clones(kind) + "/late", Reason.SourceNotFound);
        scene.awaitReason(clones(kind) + "/conflict", Reason.NameConflict);
      }
      // Held by a finalizer of somebody else, the namespace is going away for as long as we look.
      hold(scene);
      if (!running) {
        scene.stopOperator();
      }
      scene.client.namespaces().withName(scene.namespace).delete();
      for (CatalogKind<?, ?> kind : Manifests.kinds().toList()) {
        await("the end of what is in the namespace")
            .atMost(Scene.COLLECTED)
            .until(() -> scene.list(clones(kind)).isEmpty() && scene.list(sources(kind)).isEmpty());
      }
      if (!running) {
        operator = scene.startOperator();
      }
      quiet(operator.wire(), elsewhere);
      for (CatalogKind<?, ?> kind : Manifests.kinds().toList()) {
        assertThat(scene.list(clones(kind))).isEmpty();
        assertThat(scene.list(sources(kind))).isEmpty();
      }
      release(scene);
      await("the end of the namespace")
          .atMost(Scene.COLLECTED)
          .until(() -> scene.client.namespaces().withName(scene.namespace).get() == null);
    }
  }

  /** It writes nothing more there, and a clone elsewhere goes through as always. */
  private static void quiet(Wire wire, Scene elsewhere) {
    AtomicLong before = new AtomicLong(-1);
    await("an operator that is done with the namespace")
        .atMost(Scene.PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> before.getAndSet(writes(wire)) == writes(wire));
    wire.forget();
    CatalogKind<?, ?> kind = CatalogKind.COLLECTION;
    elsewhere.create(source(kind, "origin", "origin_name"));
    elsewhere.awaitReason("collections/origin", Reason.Assigned);
    elsewhere.create(cloneOf(kind, "copy", "origin", "copy_name"));
    elsewhere.awaitReason("collectionclones/copy", Reason.Cloned);
    assertThat(wire.writes())
        .extracting(ApiRequest::toString)
        .containsExactly(
            "patch collections/status.mixpeek.com",
            "create collections.mixpeek.com",
            "patch collections/status.mixpeek.com",
            "patch collectionclones/status.mixpeek.com");
  }

  private static long writes(Wire wire) {
    return wire.requests().stream().filter(ApiRequest::writes).count();
  }

  private static void hold(Scene scene) {
    scene
        .client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("held")
                .withNamespace(scene.namespace)
                .withFinalizers("example.com/held")
                .endMetadata()
                .build())
        .create();
  }

  private static void release(Scene scene) {
    scene
        .client
        .configMaps()
        .inNamespace(scene.namespace)
        .withName("held")
        .edit(m -> new ConfigMapBuilder(m).editMetadata().withFinalizers().endMetadata().build());
  }
}
