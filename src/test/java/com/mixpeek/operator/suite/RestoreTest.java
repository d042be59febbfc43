package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.DeletionPolicy;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A source, its copy and the clone that made it, restored elsewhere from manifests without status.
 */
@ParameterizedClass
@EnumSource(TestServer.class)
class RestoreTest {

  private final ApiServer server;

  RestoreTest(TestServer server) {
    this.server = server.orSkip("a restore");
  }

  @ForEachKind
  void withoutPinsTheIdsAreNew(CatalogKind<?, ?> kind) {
    withoutPins(kind);
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void withoutPins(
      CatalogKind<C, R> kind) {
    try (TestNamespace old = new TestNamespace(server);
        TestNamespace restored = new TestNamespace(server)) {
      TypedResources<C, R> before = cloned(old.resources(kind), DeletionPolicy.Retain);
      TypedResources<C, R> after = restored.resources(kind);
      restore(before, after, false);
      restored.startOperator();
      C clone = after.awaitReason("copy", Reason.Cloned);
      after.awaitResource("origin", Reason.Assigned);
      for (String name : List.of("origin", "copy")) {
        assertThat(after.resource(name).reportedId())
            .isPresent()
            .isNotEqualTo(before.resource(name).reportedId());
      }
      assertThat(after.resource("copy").reportedId()).contains(clone.getStatus().id());
      assertThat(after.resources()).hasSize(2);
    }
  }

  @ForEachKind
  void pinsKeepTheIdsAndTheCloneFindsItsCopy(CatalogKind<?, ?> kind) {
    pinned(kind, DeletionPolicy.Retain);
    pinned(kind, DeletionPolicy.Delete);
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void pinned(
      CatalogKind<C, R> kind, DeletionPolicy policy) {
    try (TestNamespace old = new TestNamespace(server);
        TestNamespace restored = new TestNamespace(server)) {
      TypedResources<C, R> before = cloned(old.resources(kind), policy);
      TypedResources<C, R> after = restored.resources(kind);
      restore(before, after, true);
      restored.startOperator();
      C clone = after.awaitReason("copy", Reason.Cloned);
      after.awaitResource("origin", Reason.Assigned);
      for (String name : List.of("origin", "copy")) {
        assertThat(after.resource(name).reportedId())
            .isPresent()
            .isEqualTo(before.resource(name).reportedId());
      }
      assertThat(clone.getStatus().id()).isEqualTo(before.clone("copy").getStatus().id());
      R copy = after.resource("copy");
      assertThat(copy.getMetadata().getLabels())
          .containsEntry(Labels.CLONE_UID, clone.getMetadata().getUid());
      assertThat(copy.getMetadata().getOwnerReferences())
          .hasSize(policy == DeletionPolicy.Delete ? 1 : 0)
          .allSatisfy(o -> assertThat(o.getUid()).isEqualTo(clone.getMetadata().getUid()));
      assertThat(after.resources()).hasSize(2);
    }
  }

  @ForEachKind
  void aCloneRestoredBeforeItsCopyMakesAnother(CatalogKind<?, ?> kind) {
    cloneFirst(kind);
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void cloneFirst(
      CatalogKind<C, R> kind) {
    try (TestNamespace old = new TestNamespace(server);
        TestNamespace restored = new TestNamespace(server)) {
      TypedResources<C, R> before = cloned(old.resources(kind), DeletionPolicy.Retain);
      TypedResources<C, R> after = restored.resources(kind);
      restored.startOperator();
      restoreResource(before, after, "origin", true);
      restoreClone(before, after);
      after.awaitReason("copy", Reason.Cloned);
      assertThat(after.resource("copy").reportedId())
          .isPresent()
          .isNotEqualTo(before.resource("copy").reportedId());
    }
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>>
      TypedResources<C, R> cloned(TypedResources<C, R> resources, DeletionPolicy policy) {
    resources.namespace().startOperator();
    resources.createResource("origin", "origin_name");
    resources.createClone(
        "copy", "origin", "copy_name", c -> c.getSpec().setDeletionPolicy(policy));
    resources.awaitReason("copy", Reason.Cloned);
    resources.namespace().stopOperator();
    return resources;
  }

  /** What a backup tool that leaves out the status does, with no operator running meanwhile. */
  private static <C extends CloneResource<?>, R extends CatalogResource<?>> void restore(
      TypedResources<C, R> from, TypedResources<C, R> to, boolean pinned) {
    restoreClone(from, to);
    restoreResource(from, to, "copy", pinned);
    restoreResource(from, to, "origin", pinned);
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> void restoreResource(
      TypedResources<C, R> from, TypedResources<C, R> to, String name, boolean pinned) {
    R saved = from.resource(name);
    R restored = to.kind().newResource().get();
    restored.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(to.namespace().name())
            .withLabels(saved.getMetadata().getLabels())
            .withAnnotations(saved.getMetadata().getAnnotations())
            .build());
    restored.setSpec(saved.getSpec());
    if (pinned) {
      restored.getSpec().put(to.kind().idField(), saved.reportedId().orElseThrow());
    }
    to.create(restored);
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> void restoreClone(
      TypedResources<C, R> from, TypedResources<C, R> to) {
    C saved = from.clone("copy");
    to.createClone("copy", "origin", "copy_name", c -> c.setSpec(saved.getSpec()));
  }
}
