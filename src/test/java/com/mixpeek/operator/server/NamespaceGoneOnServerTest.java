package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.RequestRecorder;
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
    try (TestNamespace namespace = TestNamespace.onRealServer("a namespace that goes");
        TestNamespace elsewhere = TestNamespace.onRealServer("a namespace that stays")) {
      JsonResources resources = namespace.json();
      namespace.requireControllerManager("the deletion of a namespace");
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        resources.create(source(kind, "origin", "origin_name"));
        resources.create(source(kind, "holder", "taken_name"));
        resources.create(cloneOf(kind, "done", "origin", "done_name"));
        resources.create(cloneOf(kind, "late", "absent", "late_name"));
        resources.create(cloneOf(kind, "conflict", "origin", "taken_name"));
        var owned = cloneOf(kind, "owned", "origin", "owned_name");
        SampleResources.spec(owned).put("deletionPolicy", "Delete");
        resources.create(owned);
      }
      var operator = namespace.startClusterWideOperator();
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        resources.awaitReason(clones(kind) + "/done", Reason.Cloned);
        resources.awaitReason(clones(kind) + "/owned", Reason.Cloned);
        resources.awaitReason(clones(kind) + "/late", Reason.SourceNotFound);
        resources.awaitReason(clones(kind) + "/conflict", Reason.NameConflict);
      }
      // Held by a finalizer of somebody else, the namespace is going away for as long as we look.
      hold(namespace);
      if (!running) {
        namespace.stopOperator();
      }
      namespace.client().namespaces().withName(namespace.name()).delete();
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        await("the end of what is in the namespace")
            .atMost(TestNamespace.GARBAGE_COLLECTION)
            .until(
                () ->
                    resources.list(clones(kind)).isEmpty()
                        && resources.list(sources(kind)).isEmpty());
      }
      if (!running) {
        operator = namespace.startClusterWideOperator();
      }
      quiet(operator.recorder(), elsewhere.json());
      for (CatalogKind<?, ?> kind : TestNamespace.kinds().toList()) {
        assertThat(resources.list(clones(kind))).isEmpty();
        assertThat(resources.list(sources(kind))).isEmpty();
      }
      release(namespace);
      await("the end of the namespace")
          .atMost(TestNamespace.GARBAGE_COLLECTION)
          .until(() -> namespace.client().namespaces().withName(namespace.name()).get() == null);
    }
  }

  /** It writes nothing more there, and a clone elsewhere goes through as always. */
  private static void quiet(RequestRecorder recorder, JsonResources elsewhere) {
    AtomicLong before = new AtomicLong(-1);
    await("an operator that is done with the namespace")
        .atMost(TestNamespace.PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> before.getAndSet(writes(recorder)) == writes(recorder));
    recorder.clear();
    CatalogKind<?, ?> kind = CatalogKind.COLLECTION;
    elsewhere.create(source(kind, "origin", "origin_name"));
    elsewhere.awaitReason("collections/origin", Reason.Assigned);
    elsewhere.create(cloneOf(kind, "copy", "origin", "copy_name"));
    elsewhere.awaitReason("collectionclones/copy", Reason.Cloned);
    assertThat(recorder.writes())
        .extracting(ApiRequest::toString)
        .containsExactly(
            "patch collections/status.mixpeek.com",
            "create collections.mixpeek.com",
            "patch collections/status.mixpeek.com",
            "patch collectionclones/status.mixpeek.com");
  }

  private static long writes(RequestRecorder recorder) {
    return recorder.requests().stream().filter(ApiRequest::writes).count();
  }

  private static void hold(TestNamespace namespace) {
    namespace
        .client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("held")
                .withNamespace(namespace.name())
                .withFinalizers("example.com/held")
                .endMetadata()
                .build())
        .create();
  }

  private static void release(TestNamespace namespace) {
    namespace
        .client()
        .configMaps()
        .inNamespace(namespace.name())
        .withName("held")
        .edit(m -> new ConfigMapBuilder(m).editMetadata().withFinalizers().endMetadata().build());
  }
}
