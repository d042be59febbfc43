package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.ApiServer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the contract's table of reasons, reached and left again, for both kinds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReasonsSuite {

  abstract ApiServer server();

  static Stream<CatalogKind<?, ?>> kinds() {
    return Stream.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY);
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> World<C, R> world(
      CatalogKind<C, R> kind) {
    World<C, R> world = new World<>(kind, server());
    world.startOperator();
    return world;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void sourceNotFoundUntilItAppears(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.clone("copy", "origin", "copy_name");
      world.awaitReason("copy", Reason.SourceNotFound);
      world.resource("origin", "origin_name");
      var clone = world.awaitReason("copy", Reason.Cloned);
      var target = world.resource("copy");
      assertThat(target.reportedId()).contains(clone.getStatus().id());
      assertThat(target.getSpec().path("metadata").path("big").longValue())
          .isEqualTo(9007199254740993L);
      assertThat(target.getSpec().path("metadata"))
          .isEqualTo(world.resource("origin").getSpec().path("metadata"));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void sourceNotReadyUntilItHasItsId(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.resource("first", "shared_name");
      world.awaitResource("first", Reason.Assigned);
      world.resource("second", "shared_name");
      world.awaitResource("second", Reason.DuplicateName);
      world.clone("copy", "second", "copy_name");
      world.awaitReason("copy", Reason.SourceNotReady);
      world.deleteResource("first");
      world.awaitResource("second", Reason.Assigned);
      world.awaitReason("copy", Reason.Cloned);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void targetPendingWhileTheIdTakesLong(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.resource("origin", "origin_name");
      world.awaitResource("origin", Reason.Assigned);
      String statuses = world.resource("origin").getPlural() + "/status";
      world.operator().wire().failWrites(r -> r.resource().equals(statuses));
      world.clone("copy", "origin", "copy_name");
      var pending = world.awaitReason("copy", Reason.TargetPending);
      assertThat(pending.getStatus().getTargetName()).isEqualTo("copy");
      assertThat(pending.getStatus().id()).isNull();
      world.operator().wire().failWrites(null);
      world.awaitReason("copy", Reason.Cloned);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nameConflictWithTheSourceUntilCorrected(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.resource("origin", "origin_name");
      world.clone("copy", "origin", "origin_name");
      world.awaitReason("copy", Reason.NameConflict);
      world.editClone("copy", c -> c.getSpec().getOverrides().put(kind.nameField(), "copy_name"));
      world.awaitReason("copy", Reason.Cloned);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nameConflictUntilTheHolderIsDeletedOrRenamed(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.resource("origin", "origin_name");
      world.resource("holder", "copy_name");
      world.resource("other-holder", "other_name");
      world.awaitResource("other-holder", Reason.Assigned);
      world.clone("copy", "origin", "copy_name");
      world.clone("other", "origin", "other_name");
      world.awaitReason("copy", Reason.NameConflict);
      world.awaitReason("other", Reason.NameConflict);
      world.deleteResource("holder");
      world.awaitReason("copy", Reason.Cloned);
      world.editResource("other-holder", r -> r.getSpec().put(kind.nameField(), "renamed"));
      world.awaitReason("other", Reason.Cloned);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void targetExistsUntilItIsDeleted(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.resource("origin", "origin_name");
      world.resource("copy", "in_the_way");
      world.awaitResource("copy", Reason.Assigned);
      String before = world.resource("copy").getMetadata().getResourceVersion();
      world.clone("copy", "origin", "copy_name");
      world.awaitReason("copy", Reason.TargetExists);
      assertThat(world.resource("copy").getMetadata().getResourceVersion()).isEqualTo(before);
      world.deleteResource("copy");
      world.awaitReason("copy", Reason.Cloned);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void invalidOverridesUntilCorrected(CatalogKind<?, ?> kind) {
    boolean collection = kind == (CatalogKind<?, ?>) CatalogKind.COLLECTION;
    String field = collection ? "featureExtractor" : "config";
    ObjectNode wrong =
        World.json(
            collection
                ? "{\"featureExtractorName\": \"x\", \"version\": \"v1\", \"inputMappings\": 7}"
                : "{\"taxonomyType\": \"hierarchical\", \"hierarchicalNodes\": [{\"collectionId\":"
                    + " \"col_a\", \"parentCollectionId\": \"col_gone\"}]}");
    try (World<?, ?> world = world(kind)) {
      world.resource("origin", "origin_name");
      world.clone("copy", "origin", "copy_name", c -> c.getSpec().getOverrides().set(field, wrong));
      world.awaitReason("copy", Reason.InvalidOverrides);
      assertThat(world.resource("copy")).isNull();
      world.editClone("copy", c -> c.getSpec().getOverrides().remove(field));
      world.awaitReason("copy", Reason.Cloned);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void targetMissingUntilTheVeryOneIsRestored(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.resource("origin", "origin_name");
      world.clone("copy", "origin", "copy_name");
      var clone = world.awaitReason("copy", Reason.Cloned);
      var target = world.resource("copy");
      world.deleteResource("copy");
      var missing = world.awaitReason("copy", Reason.TargetMissing);
      assertThat(missing.getStatus().id()).isEqualTo(clone.getStatus().id());
      assertThat(world.resource("copy")).isNull();
      world.resource(
          "copy",
          "copy_name",
          r -> {
            r.getMetadata().setLabels(target.getMetadata().getLabels());
            r.getMetadata().setAnnotations(target.getMetadata().getAnnotations());
            r.getSpec().put(kind.idField(), clone.getStatus().id());
          });
      world.awaitReason("copy", Reason.Cloned);
      assertThat(world.resource("copy").reportedId()).contains(clone.getStatus().id());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void suspendedUntilItIsNot(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.resource("origin", "origin_name");
      world.clone("copy", "origin", "copy_name", c -> c.getSpec().setSuspend(true));
      world.awaitReason("copy", Reason.Suspended);
      assertThat(world.resource("copy")).isNull();
      world.editClone("copy", c -> c.getSpec().setSuspend(null));
      world.awaitReason("copy", Reason.Cloned);
      world.editClone("copy", c -> c.getSpec().setSuspend(true));
      world.awaitReason("copy", Reason.Cloned);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void duplicateIdUntilTheOtherIsGone(CatalogKind<?, ?> kind) {
    String pin = kind.idPrefix() + "pinned";
    try (World<?, ?> world = world(kind)) {
      world.resource("first", "first_name", r -> r.getSpec().put(kind.idField(), pin));
      world.awaitResource("first", Reason.Assigned);
      assertThat(world.resource("first").reportedId()).contains(pin);
      world.resource("second", "second_name", r -> r.getSpec().put(kind.idField(), pin));
      assertThat(world.awaitResource("second", Reason.DuplicateId).reportedId()).isEmpty();
      world.deleteResource("first");
      assertThat(world.awaitResource("second", Reason.Assigned).reportedId()).contains(pin);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void renamedOntoATakenNameKeepsItsId(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.resource("first", "first_name");
      world.awaitResource("first", Reason.Assigned);
      world.resource("second", "second_name");
      String id = world.awaitResource("second", Reason.Assigned).reportedId().orElseThrow();
      world.editResource("second", r -> r.getSpec().put(kind.nameField(), "first_name"));
      await()
          .atMost(World.PATIENCE)
          .until(
              () ->
                  Stream.of("first", "second")
                      .anyMatch(
                          n ->
                              world
                                  .resource(n)
                                  .getStatus()
                                  .condition("Ready")
                                  .orElseThrow()
                                  .getReason()
                                  .equals(Reason.DuplicateName.name())));
      assertThat(world.resource("second").reportedId()).contains(id);
      world.editResource("second", r -> r.getSpec().put(kind.nameField(), "third_name"));
      world.awaitResource("first", Reason.Assigned);
      world.awaitResource("second", Reason.Assigned);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void appliedAgainUnderRetainFindsWhatIsThere(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = world(kind)) {
      world.resource("origin", "origin_name");
      world.clone("copy", "origin", "copy_name");
      String id = world.awaitReason("copy", Reason.Cloned).getStatus().id();
      var made = world.resource("copy");
      world.deleteClone("copy");
      world.deleteResource("origin");
      await().atMost(World.PATIENCE).until(() -> world.clone("copy") == null);
      world.clone("copy", "origin", "copy_name");
      var again = world.awaitReason("copy", Reason.Cloned);
      assertThat(again.getStatus().id()).isEqualTo(id);
      var found = world.resource("copy");
      assertThat(found.getMetadata().getUid()).isEqualTo(made.getMetadata().getUid());
      assertThat(found.getSpec()).isEqualTo(made.getSpec());
      assertThat(found.getMetadata().getAnnotations())
          .isEqualTo(made.getMetadata().getAnnotations());
      assertThat(found.getMetadata().getLabels())
          .isEqualTo(
              Map.of(
                  Labels.MANAGED_BY,
                  Labels.OPERATOR,
                  Labels.CLONE_UID,
                  again.getMetadata().getUid()));
    }
  }
}
