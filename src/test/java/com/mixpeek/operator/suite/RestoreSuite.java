package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.DeletionPolicy;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A source, its copy and the clone that made it, restored elsewhere from manifests without status.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestoreSuite {

  abstract ApiServer server();

  static Stream<CatalogKind<?, ?>> kinds() {
    return Stream.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void withoutPinsTheIdsAreNew(CatalogKind<?, ?> kind) {
    withoutPins(kind);
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void withoutPins(
      CatalogKind<C, R> kind) {
    try (World<C, R> before = made(kind, DeletionPolicy.Retain);
        World<C, R> after = new World<>(kind, server())) {
      restore(before, after, false);
      after.startOperator();
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

  @ParameterizedTest
  @MethodSource("kinds")
  void pinsKeepTheIdsAndTheCloneFindsItsCopy(CatalogKind<?, ?> kind) {
    pinned(kind, DeletionPolicy.Retain);
    pinned(kind, DeletionPolicy.Delete);
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void pinned(
      CatalogKind<C, R> kind, DeletionPolicy policy) {
    try (World<C, R> before = made(kind, policy);
        World<C, R> after = new World<>(kind, server())) {
      restore(before, after, true);
      after.startOperator();
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

  @ParameterizedTest
  @MethodSource("kinds")
  void aCloneRestoredBeforeItsCopyMakesAnother(CatalogKind<?, ?> kind) {
    cloneFirst(kind);
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void cloneFirst(
      CatalogKind<C, R> kind) {
    try (World<C, R> before = made(kind, DeletionPolicy.Retain);
        World<C, R> after = new World<>(kind, server())) {
      after.startOperator();
      resource(before, after, "origin", true);
      clone(before, after);
      after.awaitReason("copy", Reason.Cloned);
      assertThat(after.resource("copy").reportedId())
          .isPresent()
          .isNotEqualTo(before.resource("copy").reportedId());
    }
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> World<C, R> made(
      CatalogKind<C, R> kind, DeletionPolicy policy) {
    World<C, R> world = new World<>(kind, server());
    world.startOperator();
    world.resource("origin", "origin_name");
    world.clone("copy", "origin", "copy_name", c -> c.getSpec().setDeletionPolicy(policy));
    world.awaitReason("copy", Reason.Cloned);
    world.stopOperator();
    return world;
  }

  /** What a backup tool that leaves out the status does, with no operator running meanwhile. */
  private static <C extends CloneResource<?>, R extends CatalogResource<?>> void restore(
      World<C, R> from, World<C, R> to, boolean pinned) {
    clone(from, to);
    resource(from, to, "copy", pinned);
    resource(from, to, "origin", pinned);
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> void resource(
      World<C, R> from, World<C, R> to, String name, boolean pinned) {
    R saved = from.resource(name);
    R restored = to.kind.newResource().get();
    restored.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(to.namespace)
            .withLabels(saved.getMetadata().getLabels())
            .withAnnotations(saved.getMetadata().getAnnotations())
            .build());
    restored.setSpec(saved.getSpec());
    if (pinned) {
      restored.getSpec().put(to.kind.idField(), saved.reportedId().orElseThrow());
    }
    to.create(restored);
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> void clone(
      World<C, R> from, World<C, R> to) {
    C saved = from.clone("copy");
    to.clone("copy", "origin", "copy_name", c -> c.setSpec(saved.getSpec()));
  }
}
