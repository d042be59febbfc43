package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the contract's table of reasons, reached and left again, for both kinds, in the
 * cluster and at Mixpeek.
 */
@ParameterizedClass(name = "{0}, {1}, {2}")
@MethodSource("serversKindsAndCatalogs")
class ReasonsTest {

  private final CatalogKind<?, ?> kind;
  private final TestCatalog catalog;
  private final TestNamespace namespace;
  private final TypedResources<?, ?> resources;

  ReasonsTest(TestServer server, CatalogKind<?, ?> kind, TestCatalog catalog) {
    this.kind = kind;
    this.catalog = catalog;
    namespace = new TestNamespace(server.orSkip("the reasons"));
    resources = namespace.resources(kind);
  }

  static Stream<Arguments> serversKindsAndCatalogs() {
    return Stream.of(TestServer.values())
        .flatMap(
            server ->
                TestNamespace.kinds()
                    .flatMap(
                        kind ->
                            Stream.of(TestCatalog.values())
                                .map(catalog -> Arguments.of(server, kind, catalog))));
  }

  @BeforeEach
  void start() {
    catalog.connect(namespace);
    namespace.startOperator();
  }

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void sourceNotFoundUntilItAppears() {
    resources.createClone("copy", "origin", "copy_name");
    resources.awaitReason("copy", Reason.SourceNotFound);
    resources.createResource("origin", "origin_name");
    var clone = resources.awaitReason("copy", Reason.Cloned);
    var target = resources.resource("copy");
    assertThat(target.reportedId()).contains(clone.getStatus().id());
    assertThat(target.getSpec().path("metadata").path("big").longValue())
        .isEqualTo(9007199254740993L);
    assertThat(target.getSpec().path("metadata"))
        .isEqualTo(resources.resource("origin").getSpec().path("metadata"));
  }

  @Test
  void sourceNotReadyUntilItHasItsId() {
    resources.createResource("first", "shared_name");
    resources.awaitResource("first", Reason.Assigned);
    resources.createResource("second", "shared_name");
    resources.awaitResource("second", Reason.DuplicateName);
    resources.createClone("copy", "second", "copy_name");
    resources.awaitReason("copy", Reason.SourceNotReady);
    resources.deleteResource("first");
    resources.awaitResource("second", Reason.Assigned);
    resources.awaitReason("copy", Reason.Cloned);
  }

  @Test
  void targetPendingWhileTheIdTakesLong() {
    resources.createResource("origin", "origin_name");
    resources.awaitResource("origin", Reason.Assigned);
    String statuses = resources.resource("origin").getPlural() + "/status";
    namespace.operator().recorder().failWrites(r -> r.resource().equals(statuses));
    resources.createClone("copy", "origin", "copy_name");
    var pending = resources.awaitReason("copy", Reason.TargetPending);
    assertThat(pending.getStatus().getTargetName()).isEqualTo("copy");
    assertThat(pending.getStatus().id()).isNull();
    namespace.operator().recorder().failWrites(null);
    resources.awaitReason("copy", Reason.Cloned);
  }

  @Test
  void nameConflictWithTheSourceUntilCorrected() {
    resources.createResource("origin", "origin_name");
    resources.createClone("copy", "origin", "origin_name");
    resources.awaitReason("copy", Reason.NameConflict);
    resources.editClone("copy", c -> c.getSpec().getOverrides().put(kind.nameField(), "copy_name"));
    resources.awaitReason("copy", Reason.Cloned);
  }

  @Test
  void nameConflictUntilTheHolderIsDeletedOrRenamed() {
    resources.createResource("origin", "origin_name");
    resources.createResource("holder", "copy_name");
    resources.createResource("other-holder", "other_name");
    resources.awaitResource("other-holder", Reason.Assigned);
    resources.createClone("copy", "origin", "copy_name");
    resources.createClone("other", "origin", "other_name");
    resources.awaitReason("copy", Reason.NameConflict);
    resources.awaitReason("other", Reason.NameConflict);
    resources.deleteResource("holder");
    resources.awaitReason("copy", Reason.Cloned);
    resources.editResource("other-holder", r -> r.getSpec().put(kind.nameField(), "renamed"));
    resources.awaitReason("other", Reason.Cloned);
  }

  @Test
  void targetExistsUntilItIsDeleted() {
    resources.createResource("origin", "origin_name");
    resources.createResource("copy", "in_the_way");
    resources.awaitResource("copy", Reason.Assigned);
    // What cannot be sent to Mixpeek until it is made is told in a further status.
    await().until(() -> isCompared(resources.resource("copy")));
    String before = resources.resource("copy").getMetadata().getResourceVersion();
    resources.createClone("copy", "origin", "copy_name");
    resources.awaitReason("copy", Reason.TargetExists);
    assertThat(resources.resource("copy").getMetadata().getResourceVersion()).isEqualTo(before);
    resources.deleteResource("copy");
    resources.awaitReason("copy", Reason.Cloned);
  }

  @Test
  void invalidOverridesUntilCorrected() {
    boolean collection = kind == (CatalogKind<?, ?>) CatalogKind.COLLECTION;
    String field = collection ? "featureExtractor" : "config";
    ObjectNode wrong =
        TypedResources.json(
            collection
                ? "{\"featureExtractorName\": \"x\", \"version\": \"v1\", \"inputMappings\": 7}"
                : "{\"taxonomyType\": \"hierarchical\", \"hierarchicalNodes\": [{\"collectionId\":"
                    + " \"col_a\", \"parentCollectionId\": \"col_gone\"}]}");
    resources.createResource("origin", "origin_name");
    resources.createClone(
        "copy", "origin", "copy_name", c -> c.getSpec().getOverrides().set(field, wrong));
    resources.awaitReason("copy", Reason.InvalidOverrides);
    assertThat(resources.resource("copy")).isNull();
    resources.editClone("copy", c -> c.getSpec().getOverrides().remove(field));
    resources.awaitReason("copy", Reason.Cloned);
  }

  @Test
  void targetMissingUntilTheVeryOneIsRestored() {
    resources.createResource("origin", "origin_name");
    resources.createClone("copy", "origin", "copy_name");
    var clone = resources.awaitReason("copy", Reason.Cloned);
    var target = resources.resource("copy");
    resources.deleteResource("copy");
    var missing = resources.awaitReason("copy", Reason.TargetMissing);
    assertThat(missing.getStatus().id()).isEqualTo(clone.getStatus().id());
    assertThat(resources.resource("copy")).isNull();
    resources.createResource(
        "copy",
        "copy_name",
        r -> {
          r.getMetadata().setLabels(target.getMetadata().getLabels());
          r.getMetadata().setAnnotations(target.getMetadata().getAnnotations());
          r.getSpec().put(kind.idField(), clone.getStatus().id());
        });
    resources.awaitReason("copy", Reason.Cloned);
    assertThat(resources.resource("copy").reportedId()).contains(clone.getStatus().id());
  }

  @Test
  void suspendedUntilItIsNot() {
    resources.createResource("origin", "origin_name");
    resources.createClone("copy", "origin", "copy_name", c -> c.getSpec().setSuspend(true));
    resources.awaitReason("copy", Reason.Suspended);
    assertThat(resources.resource("copy")).isNull();
    resources.editClone("copy", c -> c.getSpec().setSuspend(null));
    resources.awaitReason("copy", Reason.Cloned);
    resources.editClone("copy", c -> c.getSpec().setSuspend(true));
    resources.awaitReason("copy", Reason.Cloned);
  }

  @Test
  void duplicateIdUntilTheOtherIsGone() {
    String pin = catalog.existing(namespace, kind, "first_name");
    resources.createResource(
        "first",
        "first_name",
        r -> {
          r.getSpec().put(kind.idField(), pin);
          r.getSpec().remove("deletionPolicy");
        });
    resources.awaitResource("first", Reason.Assigned);
    assertThat(resources.resource("first").reportedId()).contains(pin);
    resources.createResource("second", "second_name", r -> r.getSpec().put(kind.idField(), pin));
    assertThat(resources.awaitResource("second", Reason.DuplicateId).reportedId()).isEmpty();
    resources.deleteResource("first");
    assertThat(resources.awaitResource("second", Reason.Assigned).reportedId()).contains(pin);
  }

  @Test
  void renamedOntoATakenNameKeepsItsId() {
    resources.createResource("first", "first_name");
    resources.awaitResource("first", Reason.Assigned);
    resources.createResource("second", "second_name");
    String id = resources.awaitResource("second", Reason.Assigned).reportedId().orElseThrow();
    resources.editResource("second", r -> r.getSpec().put(kind.nameField(), "first_name"));
    await()
        .atMost(TestNamespace.PATIENCE)
        .until(
            () ->
                Stream.of("first", "second")
                    .anyMatch(
                        n ->
                            resources
                                .resource(n)
                                .getStatus()
                                .condition("Ready")
                                .orElseThrow()
                                .getReason()
                                .equals(Reason.DuplicateName.name())));
    assertThat(resources.resource("second").reportedId()).contains(id);
    resources.editResource("second", r -> r.getSpec().put(kind.nameField(), "third_name"));
    resources.awaitResource("first", Reason.Assigned);
    resources.awaitResource("second", Reason.Assigned);
  }

  @Test
  void appliedAgainUnderRetainFindsWhatIsThere() {
    resources.createResource("origin", "origin_name");
    resources.createClone("copy", "origin", "copy_name");
    String id = resources.awaitReason("copy", Reason.Cloned).getStatus().id();
    var made = resources.resource("copy");
    resources.deleteClone("copy");
    resources.deleteResource("origin");
    await().atMost(TestNamespace.PATIENCE).until(() -> resources.clone("copy") == null);
    resources.createClone("copy", "origin", "copy_name");
    var again = resources.awaitReason("copy", Reason.Cloned);
    assertThat(again.getStatus().id()).isEqualTo(id);
    var found = resources.resource("copy");
    assertThat(found.getMetadata().getUid()).isEqualTo(made.getMetadata().getUid());
    assertThat(found.getSpec()).isEqualTo(made.getSpec());
    assertThat(found.getMetadata().getAnnotations()).isEqualTo(made.getMetadata().getAnnotations());
    assertThat(found.getMetadata().getLabels())
        .isEqualTo(
            Map.of(
                Labels.MANAGED_BY,
                Labels.OPERATOR,
                Labels.CLONE_UID,
                again.getMetadata().getUid()));
  }

  private static boolean isCompared(CatalogResource<?> resource) {
    return resource.connection().isEmpty()
        || resource.getStatus().condition(Conditions.IN_SYNC).isPresent();
  }
}
