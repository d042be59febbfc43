package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what a client sends into what the API server judges and stores: fields that the CRD does
 * not know are dropped, defaults filled in, and nulls where none may be are dropped or become the
 * default.
 *
 * @param object a copy; what was sent stays as it is
 * @param unknown one finding for each dropped field, as strict field validation reports them
 */
record PruningAndDefaulting(ObjectNode object, List<Violation> unknown) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fields of every resource: the API server knows them without the CRD. */
  private static final Set<String> TYPE_AND_METADATA = Set.of("apiVersion", "kind", "metadata");

  static PruningAndDefaulting of(StructuralSchema schema, JsonNode sent) {
    ObjectNode object = copy(sent);
    List<Violation> unknown = prune(schema, object);
    complete(schema, object);
    return new PruningAndDefaulting(object, unknown);
  }

  /** Drops fields that the CRD does not know, in place. */
  static List<Violation> prune(StructuralSchema schema, ObjectNode object) {
    List<Violation> unknown = new ArrayList<>();
    prune(schema, object, "", unknown);
    return unknown;
  }

  /** Through text, so that a number is equal to itself whichever Java type it came in. */
  private static ObjectNode copy(JsonNode sent) {
    try {
      if (JSON.readTree(bytes(sent)) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("A resource is an object, not " + sent.getNodeType());
  }

  /** As it is sent and stored. */
  static byte[] bytes(JsonNode value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void prune(
      StructuralSchema schema, JsonNode value, String path, List<Violation> unknown) {
    if (value instanceof ObjectNode object) {
      for (String name : names(object)) {
        String at = path.isEmpty() ? name : path + "." + name;
        Optional<StructuralSchema> field = schema.field(name);
        if (field.isPresent()) {
          prune(field.get(), object.get(name), at, unknown);
        } else if (!schema.keepsUnknown()
            && !(path.isEmpty() && TYPE_AND_METADATA.contains(name))) {
          object.remove(name);
          unknown.add(new Violation(at, "unknown field \"" + at + "\""));
        }
      }
    } else if (value instanceof ArrayNode array && schema.items().isPresent()) {
      for (int i = 0; i < array.size(); i++) {
        prune(schema.items().get(), array.get(i), path + "[" + i + "]", unknown);
      }
    }
  }

  /** Fills in defaults and drops nulls, in place. */
  static void complete(StructuralSchema schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      for (var property : schema.properties().entrySet()) {
        if (!object.has(property.getKey())) {
          setDefault(property.getValue(), object, property.getKey());
        }
      }
      for (String name : names(object)) {
        schema.field(name).ifPresent(child -> completeField(child, object, name));
      }
    } else if (value instanceof ArrayNode array) {
      schema.items().ifPresent(items -> array.forEach(item -> complete(items, item)));
    }
  }

  private static void completeField(StructuralSchema schema, ObjectNode object, String name) {
    if (object.get(name).isNull() && !schema.nullable()) {
      object.remove(name);
      setDefault(schema, object, name);
    }
    if (object.has(name)) {
      complete(schema, object.get(name));
    }
  }

  private static void setDefault(StructuralSchema schema, ObjectNode object, String name) {
    schema.defaultValue().ifPresent(given -> object.set(name, given.deepCopy()));
  }

  private static List<String> names(ObjectNode object) {
    return object.propertyStream().map(Map.Entry::getKey).toList();
  }
}
