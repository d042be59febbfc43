package com.mixpeek.operator.testing.mixpeek;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The API's own description (OpenAPI 3.1), and whether a request or an answer is as it says. In
 * {@code mixpeek/openapi.json} is the part of it that the operator uses, without its prose.
 */
public final class OpenApiContract {

  private static final String ID = "https://api.mixpeek.com/openapi.json";
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String BODY = "/content/application~1json/schema";
  private static final String ERROR = "ErrorResponse";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode document = read();
  private final SchemaRegistry schemas = registry(document);
  private final SchemaRegistry strictSchemas = registry(closed(document.deepCopy()));

  /**
   * What is wrong, and where.
   *
   * @param location as in a 422: body or query, then the names and indexes that lead to the place
   */
  public record Violation(List<Object> location, String message) {}

  /** An operation that the description has. */
  private record Operation(String template, JsonNode node) {}

  /**
   * What is wrong with a request; a field that the description does not know is.
   *
   * @param body missing for none
   */
  public List<Violation> request(
      String method, String path, Map<String, String> query, JsonNode body) {
    Optional<Operation> operation = operation(method, path);
    if (operation.isEmpty()) {
      return List.of(new Violation(List.of("path"), "There is no " + method + " " + path));
    }
    List<Violation> violations = new ArrayList<>();
    JsonNode parameters = operation.get().node().path("parameters");
    query.forEach((name, value) -> violations.addAll(parameter(parameters, name, value)));
    JsonNode expected = operation.get().node().path("requestBody");
    if (expected.isMissingNode() && !body.isMissingNode()) {
      violations.add(new Violation(List.of("body"), "No body is expected"));
    } else if (body.isMissingNode() && expected.path("required").asBoolean()) {
      violations.add(new Violation(List.of("body"), "Field required"));
    } else if (!body.isMissingNode()) {
      violations.addAll(validate(strictSchemas, expected.at(BODY), body, "body"));
    }
    return violations;
  }

  /** What is wrong with an answer. A status that the description does not have is an error's. */
  public List<Violation> answer(String method, String path, int status, JsonNode body) {
    JsonNode responses = operation(method, path).map(Operation::node).orElseThrow();
    JsonNode declared = responses.path("responses").path(Integer.toString(status));
    if (declared.isMissingNode()) {
      return status < 400
          ? List.of(new Violation(List.of("status"), status + " is not among the answers"))
          : validate(schemas, reference(ERROR), body, "body");
    }
    List<Violation> violations = validate(schemas, declared.at(BODY), body, "body");
    // A 422 has two shapes, of which the description has one.
    return status == 422 && !body.has("detail")
        ? validate(schemas, reference(ERROR), body, "body")
        : violations;
  }

  /** Whether the description has a schema of that name, and the object is as it says. */
  public List<Violation> object(String schema, JsonNode object) {
    return validate(schemas, reference(schema), object, "body");
  }

  /** The object with what the schema says of fields that were left out. */
  public ObjectNode withDefaults(String schema, ObjectNode object) {
    fill(document.at("/components/schemas").path(schema), object);
    return object;
  }

  private void fill(JsonNode schema, JsonNode value) {
    JsonNode resolved = resolve(schema);
    if (value instanceof ObjectNode object) {
      resolved
          .path("properties")
          .properties()
          .forEach(
              property -> {
                JsonNode standard = resolve(property.getValue()).path("default");
                JsonNode own = property.getValue().path("default");
                JsonNode missing = own.isMissingNode() ? standard : own;
                if (!object.has(property.getKey()) && !missing.isMissingNode()) {
                  object.set(property.getKey(), missing.deepCopy());
                }
                fill(property.getValue(), object.path(property.getKey()));
              });
    }
    if (value.isArray()) {
      value.forEach(item -> fill(resolved.path("items"), item));
    }
  }

  /** Follows references, and passes over the null that most fields may be. */
  private JsonNode resolve(JsonNode schema) {
    if (schema.has("$ref")) {
      return resolve(document.at(schema.path("$ref").asText().substring(1)));
    }
    List<JsonNode> choices =
        schema
            .path("anyOf")
            .valueStream()
            .filter(choice -> !choice.path("type").asText().equals("null"))
            .toList();
    return choices.size() == 1 ? resolve(choices.get(0)) : schema;
  }

  private List<Violation> parameter(JsonNode parameters, String name, String value) {
    return parameters
        .valueStream()
        .filter(p -> p.path("in").asText().equals("query") && p.path("name").asText().equals(name))
        .findFirst()
        .map(
            known ->
                validate(
                    schemas,
                    known.path("schema"),
                    value.matches("-?\\d+|true|false") && !name.equals("cursor")
                        ? tree(value)
                        : JSON.getNodeFactory().textNode(value),
                    "query"))
        .orElseGet(() -> List.of(new Violation(List.of("query", name), "Unknown parameter")));
  }

  private List<Violation> validate(
      SchemaRegistry registry, JsonNode schema, JsonNode value, String in) {
    String reference = schema.path("$ref").asText();
    Schema compiled =
        reference.isEmpty()
            ? registry.getSchema(schema)
            : registry.getSchema(SchemaLocation.of(ID + reference));
    return compiled.validate(value).stream()
        .map(
            error -> {
              List<Object> location = new ArrayList<>(List.of(in));
              var path = error.getInstanceLocation();
              IntStream.range(0, path.getNameCount())
                  .mapToObj(path::getElement)
                  .forEach(location::add);
              if (error.getProperty() != null) {
                location.add(error.getProperty());
              }
              return new Violation(location, error.getMessage());
            })
        .toList();
  }

  private Optional<Operation> operation(String method, String path) {
    return document.path("paths").properties().stream()
        .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
        .filter(entry -> entry.getValue().has(method.toLowerCase(Locale.ROOT)))
        // POST …/list is an operation of its own, not one on what is named list.
        .sorted((one, other) -> Boolean.compare(templated(one), templated(other)))
        .map(
            entry ->
                new Operation(
                    entry.getKey(), entry.getValue().get(method.toLowerCase(Locale.ROOT))))
        .findFirst();
  }

  private static boolean templated(Map.Entry<String, JsonNode> path) {
    return path.getKey().contains("{");
  }

  private static JsonNode reference(String schema) {
    return JSON.createObjectNode().put("$ref", SCHEMAS + schema);
  }

  private static SchemaRegistry registry(JsonNode document) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    return SchemaRegistry.withDialect(
        Dialects.getOpenApi31(),
        builder -> builder.schemaRegistryConfig(config).schemas(Map.of(ID, document.toString())));
  }

  /**
   * With no other fields than those that each object is said to have. The parameters of extractors
   * are open: each extractor has its own, and pages of the API show more than the description.
   */
  private static JsonNode closed(ObjectNode document) {
    document
        .at("/components/schemas")
        .properties()
        .forEach(
            schema -> {
              if (schema.getValue() instanceof ObjectNode object
                  && object.has("properties")
                  && !object.has("additionalProperties")
                  && !schema.getKey().endsWith("Params")) {
                object.put("additionalProperties", false);
              }
            });
    return document;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode read() {
    try (InputStream file = OpenApiContract.class.getResourceAsStream("/mixpeek/openapi.json")) {
      return (ObjectNode) JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
