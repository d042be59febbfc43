package com.mixpeek.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.CollectionStatus;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Test
  void asksElsewhereOnlyForWhatIsMissing() {
    Plan<CollectionClone, Collection> plan =
        plan(SOURCE + CLONE.formatted("a", "name: source") + CLONE.formatted("b", "name: a"));
    assertThat(plan.steps()).allMatch(step -> step.made() != null);
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
    assertThat(plan.steps().stream().map(step -> step.made() != null))
        .containsExactly(true, true, true, false);
    assertThat(plan.resources()).hasSize(1);
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
    Step<CollectionClone, Collection> byId = plan.steps().get(1);
    assertThat(byId.made().text("description")).contains("of the file");
    assertThat(plan.manifest(byId).at("/metadata/annotations/mixpeek.com~1source-id").asText())
        .isEqualTo("col_source");
    assertThat(plan.manifest(plan.steps().get(0)).at("/metadata/annotations").toString())
        .doesNotContain("source-id");
  }

  private Plan<CollectionClone, Collection> plan(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ManifestFiles files =
        new ManifestFiles(
            new ByteArrayInputStream(bytes),
            sentence -> {
              throw new AssertionError(sentence);
            });
    return new ManifestSet(files.read(List.of("-")), "default", true)
        .plan(
            CatalogKind.COLLECTION,
            namespace -> {
              asked.add(namespace);
              return List.of(
                  collection("elsewhere"), collection("source"), collection("not-asked-for"));
            });
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
