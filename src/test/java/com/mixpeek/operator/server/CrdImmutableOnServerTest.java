package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.overrides;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static com.mixpeek.operator.server.SampleResources.tree;
import static com.mixpeek.operator.testing.namespace.JsonResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a Collection or Taxonomy never changes, also where it is as big as it gets. */
class CrdImmutableOnServerTest {

  private static final int PARAMETERS = 60_000;

  @Test
  void sourceAndExtractorOfACollection() {
    try (TestNamespace namespace =
        TestNamespace.onRealServer("what is immutable in a Collection")) {
      JsonResources resources = namespace.json();
      ObjectNode big = source(CatalogKind.COLLECTION, "big", "big_name");
      ObjectNode parameters = spec(big).withObject("/featureExtractor/parameters");
      for (int i = 0; i < PARAMETERS; i++) {
        parameters.put("p" + i, i);
      }
      resources.create(big);
      refused(
          resources,
          "{'featureExtractor': {'parameters': {'p%d': 0}}}".formatted(PARAMETERS - 1),
          "featureExtractor is immutable: create a CollectionClone that overrides it");
      refused(
          resources,
          "{'featureExtractor': {'fieldPassthrough': null}}",
          "featureExtractor is immutable: create a CollectionClone that overrides it");
      refused(
          resources,
          "{'source': {'bucketIds': ['bkt_b', 'bkt_a']}}",
          "source is immutable: create a CollectionClone that overrides it");
      refused(resources, "{'source': null}", "spec.source: Required value");
      resources
          .merge(
              "collections/big",
              "{'spec': {'collectionName': 'renamed', 'description': null, 'enabled': false,"
                  + " 'metadata': null, 'taxonomyApplications': []}}")
          .ok();

      ObjectNode clone = cloneOf(CatalogKind.COLLECTION, "copy", "big", "copy_name");
      overrides(clone).set("featureExtractor", spec(big).get("featureExtractor"));
      resources.create(clone);
      resources.merge("collectionclones/copy/status", "{'status': {'targetName': 'copy'}}").ok();
      assertThat(
              resources
                  .merge(
                      "collectionclones/copy",
                      "{'spec': {'overrides': {'featureExtractor': {'parameters': {'p0': 1}}}}}")
                  .invalid())
          .contains("spec.overrides is frozen");
      resources.merge("collectionclones/copy", "{'spec': {'deletionPolicy': 'Delete'}}").ok();
    }
  }

  private static void refused(JsonResources resources, String spec, String words) {
    assertThat(resources.merge("collections/big", "{'spec': %s}".formatted(spec)).invalid())
        .contains(words);
  }

  @ForEachKind
  void pinnedIds(CatalogKind<?, ?> kind) {
    String words =
        "%1$s is immutable: create another %2$s that pins".formatted(kind.idField(), kind.name());
    try (TestNamespace namespace = TestNamespace.onRealServer("pinned IDs")) {
      JsonResources resources = namespace.json();
      ObjectNode pinned = source(kind, "pinned", "pinned_name");
      spec(pinned).put(kind.idField(), kind.idPrefix() + "pin");
      resources.create(pinned);
      resources.create(source(kind, "free", "free_name"));
      String other = "{'spec': {'%s': '%sother'}}".formatted(kind.idField(), kind.idPrefix());
      assertThat(resources.merge(sources(kind) + "/pinned", other).invalid()).contains(words);
      assertThat(resources.merge(sources(kind) + "/free", other).invalid()).contains(words);
      assertThat(
              resources
                  .merge(
                      sources(kind) + "/pinned", "{'spec': {'%s': null}}".formatted(kind.idField()))
                  .invalid())
          .contains(words);
      resources.merge(sources(kind) + "/pinned", "{'spec': {'description': 'other'}}").ok();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1000})
  void bigTaxonomies(int nodes) {
    String words = "config is immutable: create a TaxonomyClone that overrides it";
    try (TestNamespace namespace = TestNamespace.onRealServer("big taxonomies")) {
      JsonResources resources = namespace.json();
      ObjectNode taxonomy = source(CatalogKind.TAXONOMY, "tree", "tree_name");
      spec(taxonomy).set("config", tree(nodes));
      resources.create(taxonomy);
      resources.merge("taxonomies/tree", "{'spec': {'description': 'other'}}").ok();
      assertThat(
              resources
                  .patch(
                      "taxonomies/tree",
                      "[{'op': 'replace', 'path': '/spec/config/hierarchicalNodes/%d/label', 'value': 'x'}]"
                          .formatted(nodes - 1))
                  .invalid())
          .contains(words);
      assertThat(
              resources
                  .patch(
                      "taxonomies/tree",
                      "[{'op': 'add', 'path': '/spec/config/llmModel', 'value': 'x'}]")
                  .invalid())
          .contains(words);

      ObjectNode clone = cloneOf(CatalogKind.TAXONOMY, "copy", "tree", "copy_name");
      overrides(clone).set("config", tree(nodes));
      resources.create(clone);
      resources.merge("taxonomyclones/copy/status", "{'status': {'targetName': 'copy'}}").ok();
      resources.merge("taxonomyclones/copy", "{'spec': {'suspend': true}}").ok();
      assertThat(
              resources
                  .patch(
                      "taxonomyclones/copy",
                      "[{'op': 'remove', 'path': '/spec/overrides/config/hierarchicalNodes/0/label'}]")
                  .invalid())
          .contains("spec.overrides is frozen");
    }
  }

  @Test
  void twoNodesOfOneCollection() {
    try (TestNamespace namespace = TestNamespace.onRealServer("two nodes of one collection")) {
      JsonResources resources = namespace.json();
      ObjectNode config = tree(300);
      ((ArrayNode) config.get("hierarchicalNodes")).addObject().put("collectionId", "col_node7");
      ObjectNode taxonomy = source(CatalogKind.TAXONOMY, "tree", "tree_name");
      spec(taxonomy).set("config", config);
      assertThat(resources.post(taxonomy).invalid())
          .contains("hierarchicalNodes", "key col_node7 already exists");
      ObjectNode clone = cloneOf(CatalogKind.TAXONOMY, "copy", "tree", "copy_name");
      overrides(clone).set("config", config);
      assertThat(resources.post(clone).invalid())
          .contains("hierarchicalNodes", "key col_node7 already exists");
    }
  }

  @ForEachKind
  void dryRun(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("server-side dry run")) {
      JsonResources resources = namespace.json();
      ObjectNode clone = cloneOf(kind, "copy", "origin", "copy_name");
      assertThat(resources.dryRun(clone).ok().at("/status"))
          .isEqualTo(json("{'observedGeneration': -1}"));
      assertThat(
              resources
                  .dryRun(source(kind, "origin", "origin_name"))
                  .ok()
                  .at("/metadata/uid")
                  .asText())
          .isNotEmpty();
      overrides(clone).put(kind.nameField(), "no blanks");
      assertThat(resources.dryRun(clone).invalid()).contains("spec.overrides." + kind.nameField());
      assertThat(resources.list(clones(kind))).isEmpty();
      assertThat(resources.list(sources(kind))).isEmpty();
    }
  }
}
