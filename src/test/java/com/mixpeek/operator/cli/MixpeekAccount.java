package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An account at Mixpeek with one of everything, and commands that read it with a key of it. */
final class MixpeekAccount implements AutoCloseable {

  static final String KEY = "sk_live_KnownText-0123456789";
  static final String NAMESPACE = "production";

  private static final List<String> COLLECTIONS =
      List.of(
          """
          {"collection_name": "Product_Embeddings", "description": "Line one\\nline two: 'yes'",
           "source": {"type": "bucket", "bucket_ids": ["bkt_a", "bkt_b"],
                      "source_filters": {"AND": [{"field": "camelCase", "operator": "eq", "value": "no"}]}},
           "feature_extractor": {
             "feature_extractor_name": "text_extractor", "version": "v1",
             "input_mappings": {"fooBar": "content.snake_case"},
             "field_passthrough": [{"source_path": "title"},
                                   {"source_path": "price", "target_path": "cost", "default": 0.5}],
             "parameters": {"fooBar": 1.0, "snake_case": {"null": null}}},
           "enabled": false,
           "metadata": {"fooBar": [1, null, {"snake_case": "0x1F"}], "012": "on", "big": 1234567890123456789},
           "taxonomy_applications": [{"taxonomy_id": "tax_0000000001", "execution_phase": 1}],
           "schedule": {"trigger_type": "cron", "schedule_config": {"cronExpression": "0 * * * *"}}}
          """,
          """
          {"collection_name": "product-embeddings", "input_schema": {"properties": {"fooBar": {"type": "text"}}},
           "source": {"type": "collection", "collection_id": "ID_OF_Product_Embeddings"},
           "feature_extractor": {
             "feature_extractor_name": "image_extractor", "version": "v1",
             "input_mappings": [{"input_key": "image", "source_type": "payload", "path": "a.b"}]}}
          """,
          """
          {"collection_name": "all", "metadata": {},
           "source": {"type": "collection", "collection_ids": ["ID_OF_Product_Embeddings", "ID_OF_product-embeddings"]},
           "feature_extractor": {"feature_extractor_name": "text_extractor", "version": "v1"}}
          """);

  private static final List<String> TAXONOMIES =
      List.of(
          """
          {"taxonomy_name": "product-tags",
           "config": {
             "taxonomy_type": "flat", "retriever_id": "ret_a",
             "input_mappings": [{"input_key": "image", "source_type": "literal", "override": {"a_b": 1}}],
             "source_collection": {"collection_id": "ID_OF_Product_Embeddings",
               "enrichment_fields": [{"field_path": "label", "merge_mode": "append"}]}}}
          """,
          """
          {"taxonomy_name": "org", "description": "",
           "config": {
             "taxonomy_type": "hierarchical",
             "hierarchical_nodes": [
               {"collection_id": "ID_OF_Product_Embeddings", "label": "Top", "keywords": ["a", "no"]},
               {"collection_id": "ID_OF_product-embeddings", "parent_collection_id": "ID_OF_Product_Embeddings"}]}}
          """);

  private static final Pattern ID_OF = Pattern.compile("ID_OF_([A-Za-z_-]+)");

  private final FakeMixpeek fake = new FakeMixpeek();
  private final Map<String, String> ids = new HashMap<>();

  MixpeekAccount() {
    fake.allow(KEY);
    fake.addNamespace(NAMESPACE);
  }

  FakeMixpeek fake() {
    return fake;
  }

  /** Makes one of everything in a namespace. */
  MixpeekAccount filled(String namespace) {
    COLLECTIONS.forEach(text -> add(namespace, CatalogKind.COLLECTION, text));
    TAXONOMIES.forEach(text -> add(namespace, CatalogKind.TAXONOMY, text));
    return this;
  }

  private void add(String namespace, CatalogKind<?, ?> kind, String text) {
    ObjectNode made = fake.catalog(namespace, kind).add(object(withIds(text)));
    String name = made.path(RemoteRequest.nameField(kind)).asText();
    ids.put(name, made.path(RemoteRequest.idField(kind)).asText());
  }

  /** The text with the ID of what has that catalog name in place of {@code ID_OF_} and the name. */
  String withIds(String text) {
    return ID_OF.matcher(text).replaceAll(found -> ids.getOrDefault(found.group(1), "none"));
  }

  /** Runs a command with the options that say where to read, and the key in the environment. */
  CommandResult run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--mixpeek-namespace=" + NAMESPACE);
    all.add("--base-url=" + fake.url());
    return MixpeekCommand.run(Map.of("MIXPEEK_API_KEY", KEY), all.toArray(String[]::new));
  }

  /** Fails where anything was written. */
  void assertOnlyRead() {
    assertThat(fake.exchanges()).noneMatch(exchange -> exchange.operation().writes());
    assertThat(fake.exchanges()).allMatch(exchange -> exchange.operation() == Operation.LIST);
  }

  static ObjectNode object(String json) {
    try {
      JsonNode tree = new ObjectMapper().readTree(json);
      return (ObjectNode) tree;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    fake.close();
    assertThat(fake.violations()).isEmpty();
  }
}
