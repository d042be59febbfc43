package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node of a CRD's structural schema, with the questions that are asked of it. */
record StructuralSchema(JsonNode node) {

  /** The type, empty where any type is allowed. */
  String type() {
    return node.path("type").asText("");
  }

  boolean nullable() {
    return node.path("nullable").asBoolean();
  }

  boolean keepsUnknown() {
    return node.path("x-kubernetes-preserve-unknown-fields").asBoolean();
  }

  /**
   * Whether the order of the list's items means nothing: its type is {@code map} or {@code set}.
   */
  boolean isUnordered() {
    return isSet() || !mapKeys().isEmpty();
  }

  boolean isSet() {
    return "set".equals(node.path("x-kubernetes-list-type").asText());
  }

  /** What tells the items of a list of type {@code map} apart, empty for any other. */
  List<String> mapKeys() {
    return "map".equals(node.path("x-kubernetes-list-type").asText())
        ? node.path("x-kubernetes-list-map-keys").valueStream().map(JsonNode::asText).toList()
        : List.of();
  }

  Optional<JsonNode> defaultValue() {
    return Optional.ofNullable(node.get("default"));
  }

  Map<String, StructuralSchema> properties() {
    Map<String, StructuralSchema> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
      properties.put(property.getKey(), new StructuralSchema(property.getValue()));
    }
    return properties;
  }

  boolean declares(String name) {
    return node.path("properties").has(name);
  }

  /** The schema of the values that {@code properties} does not name. */
  Optional<StructuralSchema> additional() {
    return Optional.ofNullable(node.get("additionalProperties"))
        .filter(JsonNode::isObject)
        .map(StructuralSchema::new);
  }

  /** The schema of a field of that name, empty where the CRD does not know it. */
  Optional<StructuralSchema> field(String name) {
    return declares(name)
        ? Optional.of(new StructuralSchema(node.path("properties").get(name)))
        : additional();
  }

  Optional<StructuralSchema> items() {
    return Optional.ofNullable(node.get("items")).map(StructuralSchema::new);
  }
}
