package com.mixpeek.operator.server;

import static com.mixpeek.operator.testing.namespace.JsonResources.JSON;
import static com.mixpeek.operator.testing.namespace.JsonResources.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** The resources of these tests, as JSON; in it single quotes stand for double ones. */
final class SampleResources {

  private static final String COLLECTION =
      """
      {'description': 'd',
       'source': {'type': 'bucket', 'bucketIds': ['bkt_a', 'bkt_b'], 'sourceFilters': {'AND': []}},
       'metadata': {'big': 9007199254740993, 'small': -9223372036854775808, 'fraction': 0.1,
                    'object': {}, 'list': [], 'text': '', 'null': null, 'nested': [[], [{}], [1, 0.5]]},
       'featureExtractor': {
         'featureExtractorName': 'text_extractor', 'version': 'v1', 'inputMappings': {'text': 'body'},
         'parameters': {'big': 9007199254740993, 'fraction': 0.1, 'object': {}, 'list': [], 'no': false},
         'fieldPassthrough': [{'sourcePath': 'a.b', 'default': null}, {'sourcePath': 'c', 'default': []}]},
       'taxonomyApplications': [{'taxonomyId': 'tax_a', 'executionMode': 'materialize', 'priority': 0}],
       'inputSchema': {'properties': {}}, 'alertApplications': []}
      """;

  private static final String TAXONOMY =
      """
      {'description': 'd',
       'metadata': {'big': 9007199254740993, 'small': -9223372036854775808, 'fraction': 0.1,
                    'object': {}, 'list': [], 'text': '', 'null': null, 'nested': [[], [{}], [1, 0.5]]},
       'config': {
         'taxonomyType': 'flat', 'retrieverId': 'ret_a',
         'inputMappings': [{'inputKey': 'a', 'sourceType': 'literal', 'override': null},
                           {'inputKey': 'b', 'sourceType': 'literal', 'override': {'x': 0.1}}],
         'sourceCollection': {'collectionId': 'col_a', 'enrichmentFields': [
           {'fieldPath': 'a', 'targetField': 'b', 'mergeMode': 'append'}]}},
       'retrieverId': 'ret_b', 'inputMappings': []}
      """;

  private SampleResources() {}

  static boolean isCollection(CatalogKind<?, ?> kind) {
    return kind == (CatalogKind<?, ?>) CatalogKind.COLLECTION;
  }

  /** {@code collections} or {@code taxonomies}. */
  static String sources(CatalogKind<?, ?> kind) {
    return HasMetadata.getPlural(kind.resourceType());
  }

  /** {@code collectionclones} or {@code taxonomyclones}. */
  static String clones(CatalogKind<?, ?> kind) {
    return HasMetadata.getPlural(kind.cloneType());
  }

  static ObjectNode spec(ObjectNode resource) {
    return (ObjectNode) resource.get("spec");
  }

  static ObjectNode overrides(ObjectNode clone) {
    return (ObjectNode) clone.get("spec").get("overrides");
  }

  /** A Collection or Taxonomy that uses much of what a user can write. */
  static ObjectNode source(CatalogKind<?, ?> kind, String name, String catalogName) {
    ObjectNode resource = resource(kind.name(), name);
    resource.set("spec", json(isCollection(kind) ? COLLECTION : TAXONOMY));
    spec(resource).put(kind.nameField(), catalogName);
    return resource;
  }

  /** A clone of the source of that {@code metadata.name}. */
  static ObjectNode cloneOf(CatalogKind<?, ?> kind, String name, String source, String newName) {
    ObjectNode clone = resource(kind.name() + "Clone", name);
    clone.putObject("spec").putObject("sourceRef").put("name", source);
    spec(clone).putObject("overrides").put(kind.nameField(), newName);
    return clone;
  }

  /** A hierarchical taxonomy's config: a tree of that many nodes, each but one with a parent. */
  static ObjectNode tree(int nodes) {
    ObjectNode config = json("{'taxonomyType': 'hierarchical'}");
    var list = config.putArray("hierarchicalNodes");
    for (int i = 0; i < nodes; i++) {
      ObjectNode node = list.addObject().put("collectionId", "col_node" + i);
      node.put("label", "Node " + i);
      if (i > 0) {
        node.put("parentCollectionId", "col_node" + (i - 1) / 3);
      }
    }
    return config;
  }

  /**
   * A targetMetadata that the schema lets through and the server refuses: 300 KB of annotations.
   */
  static ObjectNode tooBig() {
    ObjectNode metadata = JSON.createObjectNode();
    ObjectNode annotations = metadata.putObject("annotations");
    for (int i = 0; i < 60; i++) {
      annotations.put("a" + i, "x".repeat(5000));
    }
    return metadata;
  }

  private static ObjectNode resource(String kind, String name) {
    ObjectNode resource = JSON.createObjectNode();
    resource.put("apiVersion", "mixpeek.com/v1alpha1").put("kind", kind);
    resource.putObject("metadata").put("name", name);
    return resource;
  }
}
