package com.mixpeek.operator.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CRDs default three things, and nothing inside overrides: it would override silently. */
class CrdDefaultsTest {

  @ParameterizedTest
  @CsvSource({
    "collections, spec.enabled",
    "taxonomies, ",
    "collectionclones, spec.deletionPolicy",
    "taxonomyclones, spec.deletionPolicy"
  })
  void onlyThese(String plural, String inSpec) throws IOException {
    Set<String> defaulted = new TreeSet<>();
    collect(schema(plural), "", defaulted);
    Set<String> expected = new TreeSet<>(Set.of("status", "status.observedGeneration"));
    if (inSpec != null) {
      expected.add(inSpec);
    }
    assertThat(defaulted).isEqualTo(expected);
  }

  @Test
  void whatIsNotWrittenOrNullBecomesTheDefault() throws IOException {
    JsonNode clone = yaml("{spec: {deletionPolicy: null, overrides: {enabled: null}}, status: {}}");
    assertThat(PruningAndDefaulting.of(schema("collectionclones"), clone).object())
        .isEqualTo(
            yaml(
                "{spec: {overrides: {}, deletionPolicy: Retain},"
                    + " status: {observedGeneration: -1}}"));
    assertThat(PruningAndDefaulting.of(schema("collections"), yaml("{spec: {}}")).object())
        .isEqualTo(yaml("{spec: {enabled: true}, status: {observedGeneration: -1}}"));
  }

  @Test
  void whatIsWrittenStays() throws IOException {
    JsonNode written =
        yaml(
            "{spec: {enabled: false, metadata: {a: null, b: [null]},"
                + " featureExtractor: {fieldPassthrough: [{sourcePath: a, default: null}]}},"
                + " status: {observedGeneration: 7}}");
    assertThat(PruningAndDefaulting.of(schema("collections"), written).object()).isEqualTo(written);
  }

  private static void collect(StructuralSchema schema, String path, Set<String> defaulted) {
    if (schema.defaultValue().isPresent()) {
      defaulted.add(path);
    }
    schema
        .properties()
        .forEach(
            (name, child) -> collect(child, path.isEmpty() ? name : path + "." + name, defaulted));
    schema.additional().ifPresent(child -> collect(child, path + "[]", defaulted));
    schema.items().ifPresent(child -> collect(child, path + "[]", defaulted));
  }

  private static StructuralSchema schema(String plural) throws IOException {
    Path file = Path.of("crds", plural + ".mixpeek.com.yaml");
    return new StructuralSchema(
        new YAMLMapper().readTree(file.toFile()).at("/spec/versions/0/schema/openAPIV3Schema"));
  }

  private static JsonNode yaml(String text) throws IOException {
    return new YAMLMapper().readTree(text);
  }
}
