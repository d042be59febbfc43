package com.mixpeek.operator.remote;

import static com.mixpeek.operator.remote.RemoteSamples.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.testing.JsonArbitraries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FieldNamesTest {

  @Test
  void namesAreTheApisAndWhatIsTheUsersStaysAsItIs() {
    assertThat(
            FieldNames.toApi(
                object(
                    """
                    {"collectionName": "a_b",
                     "metadata": {"fooBar": {"snake_case": 1}},
                     "featureExtractor": {
                       "featureExtractorName": "x", "parameters": {"chunkSize": 1},
                       "inputMappings": {"imageUrl": "product_image"},
                       "fieldPassthrough": [{"sourcePath": "a", "default": {"fooBar": null}}]},
                     "taxonomyApplications": [
                       {"taxonomyId": "tax_a", "scrollFilters": {"AND": [{"fooBar": 1}]}}]}
                    """)))
        .isEqualTo(
            object(
                """
                {"collection_name": "a_b",
                 "metadata": {"fooBar": {"snake_case": 1}},
                 "feature_extractor": {
                   "feature_extractor_name": "x", "parameters": {"chunkSize": 1},
                   "input_mappings": {"imageUrl": "product_image"},
                   "field_passthrough": [{"source_path": "a", "default": {"fooBar": null}}]},
                 "taxonomy_applications": [
                   {"taxonomy_id": "tax_a", "scroll_filters": {"AND": [{"fooBar": 1}]}}]}
                """));
  }

  @Test
  void aListOfMappingsHasNamesOfTheApi() {
    assertThat(
            FieldNames.fromApi(
                object(
                    """
                    {"input_mappings": [{"input_key": "a", "override": {"foo_bar": 1}}]}
                    """)))
        .isEqualTo(
            object(
                """
                {"inputMappings": [{"inputKey": "a", "override": {"foo_bar": 1}}]}
                """));
  }

  @Property(tries = 300)
  void thereAndBackIsTheSame(@ForAll("specs") ObjectNode spec) {
    assertThat(FieldNames.fromApi(FieldNames.toApi(spec))).isEqualTo(spec);
  }

  /** Names of the contract at each depth, anything where anything may be. */
  @Provide
  Arbitrary<ObjectNode> specs() {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            JsonArbitraries.text().map(JsonNodeFactory.instance::textNode),
            Arbitraries.integers().map(JsonNodeFactory.instance::numberNode));
    Arbitrary<String> free =
        Arbitraries.of("metadata", "params", "parameters", "sourceFilters", "default", "override");
    Arbitrary<ObjectNode> extractors =
        JsonArbitraries.object(
            Arbitraries.of("featureExtractorName", "version", "includeAllSourceFields"), leaves);
    return Combinators.combine(
            JsonArbitraries.object(free, JsonArbitraries.value()),
            extractors,
            JsonArbitraries.object())
        .as(
            (own, extractor, mappings) -> {
              extractor.set("inputMappings", mappings);
              extractor.set("parameters", mappings);
              ObjectNode spec = own.deepCopy();
              spec.set("featureExtractor", extractor);
              spec.putArray("taxonomyApplications").addObject().set("scrollFilters", mappings);
              return spec;
            });
  }

  /** So that nothing of what the API says is lost on the way into a manifest. */
  @Test
  void everyNameOfTheApiComesBack() throws IOException {
    JsonNode schemas =
        new ObjectMapper()
            .readTree(Path.of("src/test/resources/mixpeek/openapi.json").toFile())
            .at("/components/schemas");
    assertThat(schemas).isNotEmpty();
    for (JsonNode schema : schemas) {
      schema
          .path("properties")
          .fieldNames()
          .forEachRemaining(
              name -> {
                ObjectNode one = JsonNodeFactory.instance.objectNode().put(name, 1);
                // Of a logical operator, which only stands in filters.
                if (!name.equals(name.toUpperCase(Locale.ROOT))) {
                  assertThat(FieldNames.toApi(FieldNames.fromApi(one))).isEqualTo(one);
                }
              });
    }
  }
}
