package com.mixpeek.operator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import java.io.UncheckedIOException;
import java.net.URI;

/** Requests and a fake API that the tests of this package share. */
final class RemoteSamples {

  static final String KEY = "sk_live_KnownText-0123456789";
  static final String NAMESPACE = "production";

  private RemoteSamples() {}

  static FakeMixpeek fake() {
    FakeMixpeek fake = new FakeMixpeek();
    fake.allow(KEY);
    fake.addNamespace(NAMESPACE);
    return fake;
  }

  /** Ends all faults, and removes what was made. */
  static void heal(FakeMixpeek fake) {
    fake.faults().heal();
    await().until(() -> !fake.isBusy());
    for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
      fake.catalog(NAMESPACE, kind)
          .objects()
          .forEach(
              object ->
                  fake.catalog(NAMESPACE, kind)
                      .remove(object.path(RemoteRequest.idField(kind)).asText()));
    }
    assertThat(fake.violations()).isEmpty();
  }

  static Endpoint endpoint(URI url) {
    return new Endpoint(url, NAMESPACE, ApiKey.of(KEY).orElseThrow());
  }

  /** What a create sends. */
  static ObjectNode resource(CatalogKind<?, ?> kind, String name) {
    ObjectNode body =
        kind == CatalogKind.COLLECTION
            ? object(
                """
                {"source": {"type": "bucket", "bucket_ids": ["bkt_a"]},
                 "feature_extractor": {
                   "feature_extractor_name": "text_extractor", "version": "v1",
                   "input_mappings": {"text": "content"},
                   "parameters": {"model": "text-embedding-3-small"}},
                 "metadata": {"fooBar": [1, null, {"snake_case": "x"}]}}
                """)
            : object(
                """
                {"config": {
                   "taxonomy_type": "flat", "retriever_id": "ret_a",
                   "input_mappings": [
                     {"input_key": "image", "source_type": "vector", "path": "features.clip"}],
                   "source_collection": {"collection_id": "col_a"}}}
                """);
    return body.put(RemoteRequest.nameField(kind), name);
  }

  static RemoteRequest request(Operation operation, CatalogKind<?, ?> kind, String id) {
    return switch (operation) {
      case GET_NAMESPACE -> RemoteRequest.getNamespace(NAMESPACE);
      case GET -> RemoteRequest.get(kind, id);
      case LIST -> RemoteRequest.list(kind);
      case CREATE -> RemoteRequest.create(kind, resource(kind, "created"));
      case CLONE ->
          RemoteRequest.clone(kind, id, object("{}").put(RemoteRequest.nameField(kind), "cloned"));
      case PATCH -> RemoteRequest.patch(kind, id, object("{\"description\": \"changed\"}"));
      case DELETE -> RemoteRequest.delete(kind, id);
    };
  }

  static ObjectNode object(String json) {
    return (ObjectNode) tree(json);
  }

  static JsonNode tree(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
