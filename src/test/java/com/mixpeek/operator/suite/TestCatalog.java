package com.mixpeek.operator.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;

/** Where what the resources say is. */
enum TestCatalog {
  CLUSTER,
  MIXPEEK;

  /** One for all tests, each of which has a namespace of its own there. */
  private static final FakeMixpeek FAKE = new FakeMixpeek();

  static FakeMixpeek fake() {
    return FAKE;
  }

  /** Connects the namespace, before anything is in it. */
  void connect(TestNamespace namespace) {
    if (this == MIXPEEK) {
      namespace.connect(FAKE);
    }
  }

  /** An ID that can be pinned: at Mixpeek one of something that is there. */
  String existing(TestNamespace namespace, CatalogKind<?, ?> kind, String name) {
    return this == CLUSTER
        ? kind.idPrefix() + "pinned"
        : FAKE.catalog(namespace.name(), kind)
            .add(body(kind, name))
            .path(RemoteRequest.idField(kind))
            .asText();
  }

  /** What a create sends. */
  static ObjectNode body(CatalogKind<?, ?> kind, String name) {
    return TypedResources.json(
            kind == CatalogKind.COLLECTION
                ? """
                  {"source": {"type": "bucket", "bucket_ids": ["bkt_a"]},
                   "feature_extractor": {
                     "feature_extractor_name": "text_extractor", "version": "v1"}}
                  """
                : """
                  {"config": {"taxonomy_type": "hierarchical",
                              "hierarchical_nodes": [{"collection_id": "col_a"}]}}
                  """)
        .put(RemoteRequest.nameField(kind), name);
  }
}
