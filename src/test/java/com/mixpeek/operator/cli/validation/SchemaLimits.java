package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Everything that a CRD's schema demands, each as a pattern of the finding that says so. */
final class SchemaLimits {

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("type", "must be of type"),
          Map.entry("enum", "Unsupported value"),
          Map.entry("pattern", "should match"),
          Map.entry("minLength", "chars long"),
          Map.entry("maxLength", "Too long"),
          Map.entry("minimum", "greater than or equal"),
          Map.entry("maximum", "less than or equal"),
          Map.entry("minItems", "should have at least"),
          Map.entry("maxItems", "Too many"),
          Map.entry("maxProperties", "Too many"),
          Map.entry("x-kubernetes-list-map-keys", "Duplicate value"));

  private final List<Pattern> patterns = new ArrayList<>();

  private SchemaLimits() {}

  static List<Pattern> of(Path crd) throws IOException {
    JsonNode root = new YAMLMapper().readTree(crd.toFile());
    SchemaLimits limits = new SchemaLimits();
    StructuralSchema schema =
        new StructuralSchema(root.at("/spec/versions/0/schema/openAPIV3Schema"));
    schema.properties().forEach((name, child) -> limits.collect(child, name));
    limits.require(schema, "");
    return limits.patterns;
  }

  private void collect(StructuralSchema schema, String path) {
    WORDS.forEach(
        (keyword, words) -> {
          // 32 KiB of text, or 25,001 nodes, would be needed to violate these.
          boolean huge = schema.node().path(keyword).asInt() > 24_000;
          if (schema.node().has(keyword) && !huge) {
            String item = keyword.startsWith("x-") ? "\\[\\d+]" : "";
            patterns.add(Pattern.compile("^" + path + item + ": .*" + words));
          }
        });
    require(schema, path + "\\.");
    schema.properties().forEach((name, child) -> collect(child, path + "\\." + name));
    schema.additional().ifPresent(child -> collect(child, path + "\\.[^ ]+"));
    schema.items().ifPresent(child -> collect(child, path + "\\[\\d+]"));
  }

  private void require(StructuralSchema schema, String prefix) {
    for (JsonNode name : schema.node().path("required")) {
      patterns.add(Pattern.compile("^" + prefix + name.asText() + ": Required value"));
    }
  }
}
