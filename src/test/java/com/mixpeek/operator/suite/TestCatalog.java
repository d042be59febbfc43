package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Where what the resources say is. */
enum TestCatalog {
  CLUSTER,
  MIXPEEK;

  /** One for all tests, each of which has a namespace of its own there. */
  private static final FakeMixpeek FAKE = new FakeMixpeek();

  static FakeMixpeek fake() {
    return FAKE;
  }

  /** Each server with each catalog. */
  static Stream<Arguments> everywhere() {
    return Stream.of(TestServer.values())
        .flatMap(server -> Stream.of(values()).map(catalog -> Arguments.of(server, catalog)));
  }

  /** A namespace of which the resources are here. */
  TestNamespace namespace(ApiServer server) {
    TestNamespace namespace = new TestNamespace(server);
    connect(namespace);
    return namespace;
  }

  /** Fails unless Mixpeek has these and no others. */
  void assertMade(TypedResources<?, ?> resources, String... ids) {
    if (this == MIXPEEK) {
      assertThat(FAKE.catalog(resources.namespace().name(), resources.kind()).objects())
          .extracting(object -> object.path(RemoteRequest.idField(resources.kind())).asText())
          .containsExactlyInAnyOrder(ids);
    }
  }

  /** Has the answer to the next creation, and to the next clone, lost after it was done. */
  void loseAnswers() {
    if (this == MIXPEEK) {
      FAKE.faults().inject(RemoteFault.LOST_AFTER, 1, Operation.CREATE);
      FAKE.faults().inject(RemoteFault.LOST_AFTER, 1, Operation.CLONE);
    }
  }

  /** Removes what is at Mixpeek, as somebody else would. */
  void remove(TypedResources<?, ?> resources, String id) {
    if (this == MIXPEEK) {
      FAKE.catalog(resources.namespace().name(), resources.kind()).remove(id);
    }
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
