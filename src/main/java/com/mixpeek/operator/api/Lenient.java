package com.mixpeek.operator.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Typed fields of which some may be of other types than this version knows, as a newer operator may
 * write them: what can be read is read, and the rest is named, for an exception would end the
 * informer of the whole kind.
 */
abstract class Lenient {

  private List<String> unreadable = List.of();

  /** The fields that could not be read; one that is empty stands for everything. */
  List<String> unreadable() {
    return unreadable;
  }

  /**
   * Reads what can be read; where numbers are kept digit for digit, as in the command line, all.
   */
  static final class Deserializer extends StdDeserializer<Lenient>
      implements ContextualDeserializer {

    private final JavaType type;

    /** Of the type: to have the context look for it each time takes half as long as to read. */
    private final JsonDeserializer<Object> strict;

    Deserializer() {
      this(null, null);
    }

    private Deserializer(JavaType type, JsonDeserializer<Object> strict) {
      super(Lenient.class);
      this.type = type;
      this.strict = strict;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) throws JsonMappingException {
      JavaType type = property.getType();
      return new Deserializer(type, context.findRootValueDeserializer(type));
    }

    @Override
    public Lenient deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (context.isEnabled(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)) {
        return (Lenient) strict.deserialize(parser, context);
      }
      try (TokenBuffer buffer = context.bufferAsCopyOfValue(parser)) {
        try {
          return (Lenient) strict.deserialize(buffer.asParserOnFirstToken(), context);
        } catch (JsonMappingException e) {
          return readable(context.readTree(buffer.asParserOnFirstToken()), context);
        }
      }
    }

    private Lenient readable(JsonNode value, DeserializationContext context) throws IOException {
      ObjectNode readable = JsonNodeFactory.instance.objectNode();
      List<String> unreadable = new ArrayList<>(value.isObject() ? List.of() : List.of(""));
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        try {
          ObjectNode one = JsonNodeFactory.instance.objectNode();
          context.readTreeAsValue(one.set(field.getKey(), field.getValue()), type);
          readable.set(field.getKey(), field.getValue());
        } catch (JsonMappingException e) {
          unreadable.add(field.getKey());
        }
      }
      Lenient read = context.readTreeAsValue(readable, type);
      read.unreadable = List.copyOf(unreadable);
      return read;
    }
  }
}
