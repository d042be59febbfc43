package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The value rules of a CRD's schema: types, required fields, enums, patterns, limits.
 *
 * <p>A JSON Schema library finds the violations; {@link SchemaMessages} says them as the API server
 * does.
 */
final class SchemaRules {

  /** The API server names the first of these that is violated, and no other. */
  private static final Set<String> TEXT_LIMITS = Set.of("maxLength", "minLength", "pattern");

  private final StructuralSchema root;
  private final Schema schema;

  SchemaRules(StructuralSchema root) {
    this.root = root;
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    this.schema =
        SchemaRegistry.withDialect(
                Dialects.getOpenApi30(), builder -> builder.schemaRegistryConfig(config))
            .getSchema(standard(root.node().deepCopy()).toString(), InputFormat.JSON);
  }

  /** Without what only Kubernetes knows, which the library warns of. */
  private static JsonNode standard(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      object.properties().removeIf(keyword -> keyword.getKey().startsWith("x-kubernetes-"));
    }
    schema.forEach(SchemaRules::standard);
    return schema;
  }

  /**
   * @param object the object to judge
   * @param old what is stored, null on create
   * @param base what the API server takes for the root in its sentences: empty, or {@code status.}
   *     where only the status is written
   */
  Result check(JsonNode object, JsonNode old, String base) {
    List<Violation> findings = new ArrayList<>();
    boolean blocking = false;
    Set<NodePath> limited = new HashSet<>();
    for (Error error : schema.validate(object.toString(), InputFormat.JSON)) {
      Located located = locate(error.getInstanceLocation(), object, old);
      if (located.place().unchanged()
          || TEXT_LIMITS.contains(error.getKeyword())
              && !limited.add(error.getInstanceLocation())) {
        continue;
      }
      SchemaMessages messages = new SchemaMessages(located.place(), located.path(), base);
      findings.add(messages.finding(error));
      blocking |= SchemaMessages.isBlocking(error.getKeyword());
    }
    blocking |= outOfRange(FieldValue.root(root, object, old), base, findings);
    return new Result(findings, blocking);
  }

  /**
   * The formats int32 and int64, which the library does not judge. Of a fraction it says that it is
   * no integer; the API server adds that it has not the format.
   *
   * @return whether some value is of another type
   */
  private static boolean outOfRange(FieldValue place, String base, List<Violation> findings) {
    boolean blocking = false;
    JsonNode value = place.value();
    if (value.isNumber() && !place.unchanged()) {
      SchemaMessages messages = new SchemaMessages(place, place.path(), base);
      if (messages.exceeds(
          !value.isIntegralNumber() || value.canConvertToLong(), "int64", "int32")) {
        findings.add(messages.wrongType());
        blocking = true;
      }
      boolean whole = value.doubleValue() % 1 == 0;
      if (messages.exceeds(whole && value.canConvertToLong(), "int64")
          || messages.exceeds(whole && value.canConvertToInt(), "int32")) {
        findings.add(messages.outOfRange());
      }
    }
    for (FieldValue child : place.children()) {
      blocking |= outOfRange(child, base, findings);
    }
    return blocking;
  }

  private Located locate(NodePath location, JsonNode object, JsonNode old) {
    FieldValue place = FieldValue.root(root, object, old);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < location.getNameCount(); i++) {
      if (location.getElement(i) instanceof Integer index) {
        path.append('[').append(index).append(']');
        place = place.item(index).orElseThrow();
      } else {
        path.append(path.isEmpty() ? "" : ".").append(location.getName(i));
        place = place.field(location.getName(i)).orElseThrow();
      }
    }
    return new Located(place, path.toString());
  }

  /**
   * @param path as the API server writes it here: with a dot before a map's key too
   */
  private record Located(FieldValue place, String path) {}

  /**
   * @param blocking whether the object is so far off that its CEL rules are not asked
   */
  record Result(List<Violation> findings, boolean blocking) {}
}
