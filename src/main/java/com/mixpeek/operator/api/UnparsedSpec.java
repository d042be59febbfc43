package com.mixpeek.operator.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A spec as compressed bytes: a tree of it takes some ten times the memory, and of the many
 * resources in a cache few are ever looked into.
 *
 * @param json null where there is a tree
 * @param texts its top-level fields that hold text and by which resources are found
 * @param mayRefer whether it may point at others by name
 * @param tree the spec itself where numbers are to be kept digit for digit, as in the command line;
 *     null where there are bytes
 */
record UnparsedSpec(
    CompressedJson json, Map<String, String> texts, boolean mayRefer, ObjectNode tree) {

  /** Whether a field may be one by which resources are found: a catalog name or an ID. */
  static boolean isKeyField(String field) {
    return field.endsWith("Name") || field.endsWith("Id");
  }

  /** The tree, made anew each time. */
  ObjectNode parse() {
    return (ObjectNode) json.parse();
  }

  /** What it points at by name; a spec in which nothing is named so is not parsed for it. */
  List<Reference> references() {
    return mayRefer ? References.byName(parse()) : List.of();
  }

  /** Each field with a name has Ref in its own: collectionRef, taxonomyRef, and so on. */
  private static boolean mayRefer(byte[] json) {
    for (int i = 2; i < json.length; i++) {
      if (json[i] == 'f' && json[i - 1] == 'e' && json[i - 2] == 'R') {
        return true;
      }
    }
    return false;
  }

  /** Copies the spec without making a tree of it; anything but an object is none. */
  static final class Deserializer extends StdDeserializer<UnparsedSpec> {

    Deserializer() {
      super(UnparsedSpec.class);
    }

    @Override
    public UnparsedSpec deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        if (context.isEnabled(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)) {
          return (UnparsedSpec) context.handleUnexpectedToken(JsonNode.class, parser);
        }
        parser.skipChildren();
        return null;
      }
      if (context.isEnabled(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)) {
        return new UnparsedSpec(null, Map.of(), false, (ObjectNode) context.readTree(parser));
      }
      Map<String, String> texts = new HashMap<>();
      try (ByteArrayBuilder bytes = new ByteArrayBuilder();
          JsonGenerator copy = CompressedJson.generator(bytes)) {
        copy.writeStartObject();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          if (parser.nextToken() == JsonToken.VALUE_STRING && isKeyField(name)) {
            texts.put(name, StringInterner.intern(parser.getText()));
          }
          copy.writeFieldName(name);
          copy.copyCurrentStructure(parser);
        }
        copy.writeEndObject();
        copy.flush();
        byte[] json = bytes.toByteArray();
        return new UnparsedSpec(CompressedJson.of(json), Map.copyOf(texts), mayRefer(json), null);
      }
    }
  }
}
