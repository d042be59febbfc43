package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says a violation of the schema as the API server says it (kube-openapi's errors, Kubernetes
 * 1.36).
 *
 * @param place the value that is wrong
 * @param path where it stands
 * @param base what the API server leaves out of the path inside its sentences
 */
record SchemaMessages(FieldValue place, String path, String base) {

  private static final Set<String> BLOCKING =
      Set.of("required", "enum", "maxLength", "maxItems", "maxProperties", "type", "format");

  /** After one of these the API server does not ask the CEL rules. */
  static boolean isBlocking(String keyword) {
    return BLOCKING.contains(keyword);
  }

  Violation finding(Error error) {
    String keyword = error.getKeyword();
    JsonNode limit = place.schema().node().path(keyword);
    return switch (keyword) {
      case "required" ->
          new Violation((path.isEmpty() ? "" : path + ".") + error.getProperty(), "Required value");
      case "enum" -> at("Unsupported value: " + value() + ": supported values: " + values(limit));
      case "type" -> wrongType();
      case "format" -> mustBe(format(), place.value().asText());
      case "pattern" -> invalid("should match '" + limit.asText() + "'");
      case "minLength" -> invalid("should be at least " + limit.asText() + " chars long");
      case "maxLength" -> at("Too long: may not be more than " + limit.asText() + " bytes");
      case "minimum" -> invalid("should be greater than or equal to " + plain(limit));
      case "maximum" -> invalid("should be less than or equal to " + plain(limit));
      case "minItems" -> tooFew(limit, "items");
      case "minProperties" -> tooFew(limit, "properties");
      case "maxItems", "maxProperties" ->
          at("Too many: " + size() + ": must have at most " + limit.asText() + " items");
      default -> at("Invalid value: " + value() + ": " + error.getMessage());
    };
  }

  private Violation at(String message) {
    return new Violation(path, message);
  }

  private Violation invalid(String why) {
    return at("Invalid value: " + value() + ": " + name() + " in body " + why);
  }

  private Violation tooFew(JsonNode limit, String what) {
    String message = "Invalid value: %s: %s in body should have at least %s %s";
    return at(message.formatted(size(), name(), limit.asText(), what));
  }

  /** The value does not fit the schema's type; the API server names its format if it has one. */
  Violation wrongType() {
    JsonNode value = place.value();
    boolean byType = format().isEmpty() || value.isTextual() || value.isArray() || value.isNull();
    return byType
        ? mustBe(place.schema().type(), jsonType(value))
        : mustBe(format(), goFormat(value));
  }

  /** The value is a number that the schema's format cannot hold: a fraction, or too large. */
  Violation outOfRange() {
    String message = "Invalid value: \"\": Checked value must be of type %s with format %s in %s";
    return at(message.formatted(place.schema().type(), format(), name()));
  }

  /** Whether the schema has one of these formats, and the value does not fit it. */
  boolean exceeds(boolean fits, String... formats) {
    return !fits && List.of(formats).contains(format());
  }

  private Violation mustBe(String expected, String actual) {
    String message = "Invalid value: \"%s\": %s in body must be of type %s: \"%1$s\"";
    return at(message.formatted(actual, name(), expected));
  }

  private String format() {
    return place.schema().node().path("format").asText();
  }

  /** The format that the API server sees in a value: a number beyond 64 bits is a float to it. */
  private static String goFormat(JsonNode value) {
    if (!value.isNumber()) {
      return "";
    }
    return isLong(value) ? "int64" : "float64";
  }

  private static boolean isLong(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  private static String jsonType(JsonNode value) {
    return isLong(value) ? "integer" : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private String name() {
    String name = path + ".";
    return name.startsWith(base) ? name.substring(base.length()).replaceAll("\\.$", "") : path;
  }

  private String value() {
    return GoFormat.of(place.value());
  }

  private int size() {
    return place.value().size();
  }

  private static String values(JsonNode limit) {
    return limit.valueStream().map(v -> "\"" + v.asText() + "\"").collect(Collectors.joining(", "));
  }

  /** Limits are floats in the CRD: 3.0 is said as 3. */
  private static String plain(JsonNode limit) {
    return new BigDecimal(limit.asText()).stripTrailingZeros().toPlainString();
  }
}
