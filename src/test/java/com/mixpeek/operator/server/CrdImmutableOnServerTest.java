package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.json;
import static com.mixpeek.operator.server.Manifests.overrides;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static com.mixpeek.operator.server.Manifests.spec;
import static com.mixpeek.operator.server.Manifests.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a Collection or Taxonomy never changes, also where it is as big as it gets. */
class CrdImmutableOnServerTest {

  private static final int PARAMETERS = 60_000;

  @Test
  void sourceAndExtractorOfACollection() {
    try (Scene scene = new Scene("what is immutable in a Collection")) {
      ObjectNode big = source(CatalogKind.COLLECTION, "big", "big_name");
      ObjectNode parameters = spec(big).withObject("/featureExtractor/parameters");
      for (int i = 0; i < PARAMETERS; i++) {
        parameters.put("p" + i, i);
      }
      scene.create(big);
      refused(
          scene,
          "{'featureExtractor': {'parameters': {'p%d': 0}}}".formatted(PARAMETERS - 1),
          "featureExtractor is immutable: create a CollectionClone that overrides it");
      refused(
          scene,
          "{'featureExtractor': {'fieldPassthrough': null}}",
          "featureExtractor is immutable: create a CollectionClone that overrides it");
      refused(
          scene,
          "{'source': {'bucketIds': ['bkt_b', 'bkt_a']}}",
          "source is immutable: create a CollectionClone that overrides it");
      refused(scene, "{'source': null}", "spec.source: Required value");
      scene
          .merge(
              "collections/big",
              "{'spec': {'collectionName': 'renamed', 'description': null, 'enabled': false,"
                  + " 'metadata': null, 'taxonomyApplications': []}}")
          .ok();

      ObjectNode clone = cloneOf(CatalogKind.COLLECTION, "copy", "big", "copy_name");
      overrides(clone).set("featureExtractor", spec(big).get("featureExtractor"));
      scene.create(clone);
      scene.merge("collectionclones/copy/status", "{'status': {'targetName': 'copy'}}").ok();
      assertThat(
              scene
                  .merge(
                      "collectionclones/copy",
                      "{'spec': {'overrides': {'featureExtractor': {'parameters': {'p0': 1}}}}}")
                  .invalid())
          .contains("spec.overrides is frozen");
      scene.merge("collectionclones/copy", "{'spec': {'deletionPolicy': 'Delete'}}").ok();
    }
  }

  private static void refused(Scene scene, String spec, String words) {
    assertThat(scene.merge("collections/big", "{'spec': %s}".formatted(spec)).invalid())
        .contains(words);
  }

  @ParameterizedTest
  @MethodSource("com.mixpeek.operator.server.Manifests#kinds")
  void pinnedIds(CatalogKind<?, ?> kind) {
    String words =
        "%1$s is immutable: create another %2$s that pins".formatted(kind.idField(), kind.name());
    try (Scene scene = new Scene("pinned IDs")) {
      ObjectNode pinned = source(kind, "pinned", "pinned_name");
      spec(pinned).put(kind.idField(), kind.idPrefix() + "pin");
      scene.create(pinned);
      scene.create(source(kind, "free", "free_name"));
      String other = "{'spec': {'%s': '%sother'}}".formatted(kind.idField(), kind.idPrefix());
      assertThat(scene.merge(sources(kind) + "/pinned", other).invalid()).contains(words);
      assertThat(scene.merge(sources(kind) + "/free", other).invalid()).contains(words);
      assertThat(
              scene
                  .merge(
                      sources(kind) + "/pinned", "{'spec': {'%s': null}}".formatted(kind.idField()))
                  .invalid())
          .contains(words);
      scene.merge(sources(kind) + "/pinned", "{'spec': {'description': 'other'}}").ok();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1000})
  void bigTaxonomies(int nodes) {
    String words = "config is immutable: create a TaxonomyClone that overrides it";
    try (Scene scene = new Scene("big taxonomies")) {
      ObjectNode taxonomy = source(CatalogKind.TAXONOMY, "tree", "tree_name");
      spec(taxonomy).set("config", tree(nodes));
      scene.create(taxonomy);
      scene.merge("taxonomies/tree", "{'spec': {'description': 'other'}}").ok();
      assertThat(
              scene
                  .patch(
                      "taxonomies/tree",
                      "[{'op': 'replace', 'path': '/spec/config/hierarchicalNodes/%d/label', 'value': 'x'}]"
                          .formatted(nodes - 1))
                  .invalid())
          .contains(words);
      assertThat(
              scene
                  .patch(
                      "taxonomies/tree",
                      "[{'op': 'add', 'path': '/spec/config/llmModel', 'value': 'x'}]")
                  .invalid())
          .contains(words);

      ObjectNode clone = cloneOf(CatalogKind.TAXONOMY, "copy", "tree", "copy_name");
      overrides(clone).set("config", tree(nodes));
      scene.create(clone);
      scene.merge("taxonomyclones/copy/status", "{'status': {'targetName': 'copy'}}").ok();
      scene.merge("taxonomyclones/copy", "{'spec': {'suspend': true}}").ok();
      assertThat(
              scene
                  .patch(
                      "taxonomyclones/copy",
                      "[{'op': 'remove', 'path': '/spec/overrides/config/hierarchicalNodes/0/label'}]")
                  .invalid())
          .contains("spec.overrides is frozen");
    }
  }

  @Test
  void twoNodesOfOneCollection() {
    try (Scene scene = new Scene("two nodes of one collection")) {
      ObjectNode config = tree(300);
      ((ArrayNode) config.get("hierarchicalNodes")).addObject().put("collectionId", "col_node7");
      ObjectNode taxonomy = source(CatalogKind.TAXONOMY, "tree", "tree_name");
      spec(taxonomy).set("config", config);
      assertThat(scene.post(taxonomy).invalid())
          .contains("hierarchicalNodes[300]", "Duplicate value");
      ObjectNode clone = cloneOf(CatalogKind.TAXONOMY, "copy", "tree", "copy_name");
      overrides(clone).set("config", config);
      assertThat(scene.post(clone).invalid()).contains("hierarchicalNodes[300]", "Duplicate value");
    }
  }

  @ParameterizedTest
  @MethodSource("com.mixpeek.operator.server.Manifests#kinds")
  void dryRun(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("server-side dry run")) {
      ObjectNode clone = cloneOf(kind, "copy", "origin", "copy_name");
      assertThat(scene.dryRun(clone).ok().at("/status"))
          .isEqualTo(json("{'observedGeneration': -1}"));
      assertThat(
              scene.dryRun(source(kind, "origin", "origin_name")).ok().at("/metadata/uid").asText())
          .isNotEmpty();
      overrides(clone).put(kind.nameField(), "no blanks");
      assertThat(scene.dryRun(clone).invalid()).contains("spec.overrides." + kind.nameField());
      assertThat(scene.list(clones(kind))).isEmpty();
      assertThat(scene.list(sources(kind))).isEmpty();
    }
  }
}
