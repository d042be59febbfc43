package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
           "source": {"type": "collection", "collection_id": "col_0000000001"},
           "feature_extractor": {
             "feature_extractor_name": "image_extractor", "version": "v1",
             "input_mappings": [{"input_key": "image", "source_type": "payload", "path": "a.b"}]}}
          """,
          """
          {"collection_name": "all", "metadata": {},
           "source": {"type": "collection", "collection_ids": ["col_0000000001", "col_0000000002"]},
           "feature_extractor": {"feature_extractor_name": "text_extractor", "version": "v1"}}
          """);

  private static final List<String> TAXONOMIES =
      List.of(
          """
          {"taxonomy_name": "product-tags",
           "config": {
             "taxonomy_type": "flat", "retriever_id": "ret_a",
             "input_mappings": [{"input_key": "image", "source_type": "literal", "override": {"a_b": 1}}],
             "source_collection": {"collection_id": "col_0000000001",
               "enrichment_fields": [{"field_path": "label", "merge_mode": "append"}]}}}
          """,
          """
          {"taxonomy_name": "org", "description": "",
           "config": {
             "taxonomy_type": "hierarchical",
             "hierarchical_nodes": [
               {"collection_id": "col_0000000001", "label": "Top", "keywords": ["a", "no"]},
               {"collection_id": "col_0000000002", "parent_collection_id": "col_0000000001"}]}}
          """);

  private final FakeMixpeek fake = new FakeMixpeek();

  MixpeekAccount() {
    fake.allow(KEY);
    fake.addNamespace(NAMESPACE);
  }

  FakeMixpeek fake() {
    return fake;
  }

  /** Makes one of everything in a namespace. */
  MixpeekAccount filled(String namespace) {
    COLLECTIONS.forEach(c -> fake.catalog(namespace, CatalogKind.COLLECTION).add(object(c)));
    TAXONOMIES.forEach(t -> fake.catalog(namespace, CatalogKind.TAXONOMY).add(object(t)));
    return this;
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
