package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cel.common.values.NullValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a CEL rule sees of a value.
 *
 * <p>A rule cannot look into what the CRD does not describe, but compares it: free-form parts
 * become their canonical text. As text {@code 1} and {@code 1.0} differ, as they do for the API
 * server, while CEL's own numbers are equal across types; and no number is rounded.
 */
final class CelValues {

  private CelValues() {}

  static Object of(StructuralSchema schema, JsonNode value) {
    if (value.isNull()) {
      return NullValue.NULL_VALUE;
    }
    if (value.isObject() && "object".equals(schema.type())) {
      return object(schema, value);
    }
    if (value.isArray() && schema.items().isPresent()) {
      return list(schema, value);
    }
    return switch (schema.type()) {
      case "string" -> value.asText();
      case "boolean" -> value.asBoolean();
      case "integer" -> value.asLong();
      case "number" -> value.asDouble();
      default -> canonical(value);
    };
  }

  private static Map<String, Object> object(StructuralSchema schema, JsonNode value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode inner = field.getValue();
      fields.put(
          field.getKey(),
          schema.field(field.getKey()).map(s -> of(s, inner)).orElseGet(() -> canonical(inner)));
    }
    return fields;
  }

  /** Where the order means nothing, it is made the same, so that it takes no part in ==. */
  private static List<Object> list(StructuralSchema schema, JsonNode value) {
    StructuralSchema items = schema.items().orElseThrow();
    Stream<JsonNode> nodes = value.valueStream();
    Stream<JsonNode> ordered =
        schema.isUnordered() ? nodes.sorted(Comparator.comparing(CelValues::canonical)) : nodes;
    return ordered.map(item -> of(items, item)).toList();
  }

  private static String canonical(JsonNode value) {
    if (value.isObject()) {
      Map<String, String> sorted = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        sorted.put(TextNode.valueOf(field.getKey()).toString(), canonical(field.getValue()));
      }
      return sorted.toString();
    }
    if (value.isArray()) {
      return value.valueStream().map(CelValues::canonical).toList().toString();
    }
    return value.toString();
  }
}
