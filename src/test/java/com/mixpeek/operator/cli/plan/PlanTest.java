package com.mixpeek.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.CollectionStatus;
import com.mixpeek.operator.api.Kinds;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan takes from files, and what from elsewhere. */
class PlanTest {

  private static final String SOURCE =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: Collection
      metadata: {name: source}
      spec: {collectionName: source, description: of the file}
      ---
      """;

  private static final String CLONE =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: CollectionClone
      metadata: {name: %s}
      spec: {sourceRef: {%s}, overrides: {collectionName: copy_%1$s}}
      ---
      """;

  private final List<String> asked = new ArrayList<>();
  private List<Collection> there =
      List.of(collection("elsewhere"), collection("source"), collection("not-asked-for"));

  @Test
  void asksElsewhereOnlyForWhatIsMissing() {
    Plan<CollectionClone, Collection> plan =
        plan(SOURCE + CLONE.formatted("a", "name: source") + CLONE.formatted("b", "name: a"));
    assertThat(plan.actions()).allMatch(PlannedAction.Create.class::isInstance);
    assertThat(asked).isEmpty();
  }

  @Test
  void asksOnceForANamespaceAndTakesOnlyWhatAnswers() {
    Plan<CollectionClone, Collection> plan =
        plan(
            CLONE.formatted("a", "name: elsewhere")
                + CLONE.formatted("b", "collectionId: col_elsewhere")
                + CLONE.formatted("other", "name: a")
                + CLONE.formatted("c", "name: nowhere"));
    assertThat(plan.actions().stream().map(PlannedAction.Create.class::isInstance))
        .containsExactly(true, true, true, false);
    assertThat(plan.resources()).isEmpty();
    assertThat(plan.found()).hasSize(1);
    assertThat(asked).containsExactly("default");
  }

  /** A manifest does not say which ID the cluster gave it; what it says of the spec counts. */
  @Test
  void takesTheIdOfWhatIsInFilesFromElsewhere() {
    Plan<CollectionClone, Collection> plan =
        plan(
            SOURCE
                + CLONE.formatted("a", "name: source")
                + CLONE.formatted("b", "collectionId: col_source"));
    var byId = create(plan, 1);
    assertThat(byId.target().text("description")).contains("of the file");
    assertThat(plan.manifest(byId).at("/metadata/annotations/mixpeek.com~1source-id").asText())
        .isEqualTo("col_source");
    assertThat(plan.manifest(create(plan, 0)).at("/metadata/annotations").toString())
        .doesNotContain("source-id");
    assertThat(create(plan, 0).source()).isSameAs(plan.resources().get(0).resource());
  }

  /** Its pin is taken, so that it has no ID until the cluster says which one it has. */
  @Test
  void whatWaitsForAnIdGoesOnWhenTheClusterHasIt() {
    Plan<CollectionClone, Collection> plan =
        plan(
            SOURCE.replace("name: source", "name: other").replace("description", "collectionId")
                + SOURCE.replace("description", "collectionId")
                + CLONE.formatted("a", "name: source")
                + CLONE.formatted("b", "collectionId: col_source"));

    assertThat(plan.actions()).allMatch(PlannedAction.Create.class::isInstance);
  }

  /** What stands only in a file is newer than anything there, be that assigned an ID or not yet. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNameThatTheClusterHasIsNotTheFiles(boolean assigned) {
    Collection holder = named(collection("holder"), "2026-02-01T00:00:00Z");
    if (!assigned) {
      holder.setStatus(null);
    }
    there = List.of(holder);

    Plan<CollectionClone, Collection> plan =
        plan(SOURCE + CLONE.formatted("a", "collectionName: source"));

    assertThat(plan.resources().get(0).resource().isReported(Reason.DuplicateName)).isTrue();
    if (assigned) {
      assertThat(create(plan, 0).source()).isSameAs(holder);
    } else {
      assertThat(((PlannedAction.NoOp<?, ?>) plan.actions().get(0)).finding().text())
          .startsWith("SourceNotReady: The source Collection holder");
    }
  }

  @Test
  void aNameThatTheClusterHasIsNotWhatACloneMakes() {
    Collection holder = named(collection("holder"), "2026-02-01T00:00:00Z");
    holder.getSpec().put("collectionName", "copy_a");
    there = List.of(holder);

    Plan<CollectionClone, Collection> plan =
        plan(
            SOURCE
                + CLONE.formatted("a", "name: source")
                + CLONE.formatted("b", "collectionName: copy_a"));

    assertThat(((PlannedAction.NoOp<?, ?>) plan.actions().get(0)).finding().text())
        .startsWith("NameConflict: The new collectionName copy_a is taken by Collection holder");
    assertThat(create(plan, 1).source()).isSameAs(holder);
  }

  /** Also where the cluster has it under the name that it had before. */
  @ParameterizedTest
  @CsvSource({"2026-01-01, of the file", "2026-03-01, of the cluster"})
  void ofTwoThatTheClusterHasTheOlderHadTheNameFirst(String created, String description) {
    Collection before = collection("source");
    before.getSpec().put("collectionName", "before");
    before.getMetadata().setCreationTimestamp(created + "T00:00:00Z");
    there = List.of(named(collection("holder"), "2026-02-01T00:00:00Z"), before);

    Plan<CollectionClone, Collection> plan =
        plan(SOURCE + CLONE.formatted("a", "collectionName: source"));

    assertThat(create(plan, 0).source().text("description")).contains(description);
  }

  @Test
  void whatItIsHandedStaysAsItIs() {
    ManifestSet manifests =
        manifests(
            SOURCE
                + CLONE.formatted("a", "name: source")
                + CLONE.formatted("b", "collectionId: col_source"));
    String before = Serialization.asYaml(resources(manifests));

    assertThat(plan(manifests).actions()).allMatch(PlannedAction.Create.class::isInstance);
    assertThat(Serialization.asYaml(resources(manifests))).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind: Collection\n",
        "kind: TaxonomyClone\nmetadata: {name: a}\n",
        "kind: Connection\nmetadata:\n",
      })
  void aKindOfOursWithoutAVersionIsTold(String text) {
    assertThat(manifests(text).findings())
        .singleElement()
        .returns("apiVersion not set: it is mixpeek.com/v1alpha1", Finding::text);
  }

  @Test
  void aNameThatIsGeneratedIsToldWhyItDoesNotDo() {
    ManifestSet manifests =
        manifests(SOURCE.replace("metadata: {name: source}", "metadata: {generateName: source-}"));

    assertThat(manifests.unusable())
        .singleElement()
        .returns("metadata.name", Finding::field)
        .returns(
            "A generateName is a name only once the resource is created, so that nothing here can"
                + " find it, and kubectl apply takes none: give it a metadata.name.",
            Finding::text);
  }

  private static List<?> resources(ManifestSet manifests) {
    return Kinds.TYPES.stream()
        .flatMap(type -> manifests.resources(type).stream())
        .map(ManifestResource::resource)
        .toList();
  }

  private static PlannedAction.Create<CollectionClone, Collection> create(
      Plan<CollectionClone, Collection> plan, int index) {
    return (PlannedAction.Create<CollectionClone, Collection>) plan.actions().get(index);
  }

  private Plan<CollectionClone, Collection> plan(String text) {
    return plan(manifests(text));
  }

  private Plan<CollectionClone, Collection> plan(ManifestSet manifests) {
    return new Plans(manifests, new Elsewhere(Optional.of(this::list), Optional.empty()))
        .of(CatalogKind.COLLECTION);
  }

  @SuppressWarnings("unchecked")
  private <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
    asked.add(namespace);
    return (List<T>) there;
  }

  private static ManifestSet manifests(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ManifestFiles files =
        new ManifestFiles(
            new ByteArrayInputStream(bytes),
            sentence -> {
              throw new AssertionError(sentence);
            });
    return new ManifestSet(files.read(List.of("-")), "default");
  }

  private static Collection named(Collection collection, String created) {
    collection.getSpec().put("collectionName", "source");
    collection.getMetadata().setCreationTimestamp(created);
    return collection;
  }

  private static Collection collection(String name) {
    Collection collection = new Collection();
    collection.getMetadata().setName(name);
    collection.getMetadata().setNamespace("default");
    collection.getMetadata().setUid("uid-" + name);
    collection.getSpec().put("collectionName", name).put("description", "of the cluster");
    collection.setStatus(new CollectionStatus());
    collection.getStatus().id("col_" + name);
    return collection;
  }
}
