package com.mixpeek.operator.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;

/**
 * A JSON object that is passed on and seldom looked into, as compressed bytes: a tree of it takes
 * some ten times the memory.
 */
@JsonSerialize(using = JsonObject.Serializer.class)
@JsonDeserialize(using = JsonObject.Deserializer.class)
public final class JsonObject {

  private static final ObjectMapper MAPPER = StoredJson.mapper();

  /** Numbers as an API server keeps them. */
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) ->
          one.equals(other)
                  || one.isNumber() && other.isNumber() && StoredJson.isSameNumber(one, other)
              ? 0
              : 1;

  /** Null where it was made of a tree. */
  private final CompressedJson json;

  /**
   * Null until it is {@link #open}; there from the beginning where numbers are to be kept digit for
   * digit, as in the command line.
   */
  private volatile ObjectNode tree;

  private JsonObject(CompressedJson json, ObjectNode tree) {
    this.json = json;
    this.tree = tree;
  }

  /** Takes the object; null of anything else. */
  public static JsonObject of(JsonNode node) {
    try {
      return node.isObject()
          ? new JsonObject(CompressedJson.of(MAPPER.writeValueAsBytes(node)), null)
          : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds this very tree; null of none. */
  static JsonObject holding(ObjectNode tree) {
    return tree == null ? null : new JsonObject(null, tree);
  }

  /** The object, as a rule made anew each time. */
  public ObjectNode tree() {
    ObjectNode opened = tree;
    return opened == null ? (ObjectNode) json.parse() : opened;
  }

  /**
   * The object as a tree that stays until it is closed, for what is looked into again and again.
   */
  ObjectNode open() {
    ObjectNode opened = tree();
    tree = opened;
    return opened;
  }

  /** Lets the tree go, as {@link #open} makes it anew; nothing changes for who has it. */
  void close() {
    if (json != null) {
      tree = null;
    }
  }

  /** Whether it says the same, in whatever order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject object && tree().equals(BY_VALUE, object.tree());
  }

  @Override
  public int hashCode() {
    return tree().size();
  }

  @Override
  public String toString() {
    return tree().toString();
  }

  static final class Serializer extends StdSerializer<JsonObject> {

    private static final long serialVersionUID = 1L;

    Serializer() {
      super(JsonObject.class);
    }

    @Override
    public void serialize(JsonObject value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeTree(value.tree());
    }
  }

  static final class Deserializer extends StdDeserializer<JsonObject> {

    private static final long serialVersionUID = 1L;

    Deserializer() {
      super(JsonObject.class);
    }

    @Override
    public JsonObject deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        return (JsonObject) context.handleUnexpectedToken(ObjectNode.class, parser);
      }
      return context.isEnabled(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          ? holding((ObjectNode) context.readTree(parser))
          : new JsonObject(CompressedJson.copy(parser), null);
    }
  }
}
