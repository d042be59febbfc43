package com.mixpeek.operator.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserSequence;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.mixpeek.operator.api.Kinds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the object of a watch event as it comes, into the class of its kind. fabric8 makes a tree
 * of it first, as the kind may stand at its end; an API server sends it before all that is large.
 */
final class WatchedObject extends StdDeserializer<Object> {

  private static final long serialVersionUID = 1L;

  private static final String API_VERSION = "apiVersion";
  private static final String KIND = "kind";

  private static final Map<String, Class<? extends KubernetesResource>> TYPES = types();

  /**
   * To have the context look for them each time takes a tenth of the time that it takes to read.
   */
  private final transient Map<Class<?>, JsonDeserializer<Object>> deserializers =
      new ConcurrentHashMap<>();

  WatchedObject() {
    super(Object.class);
  }

  private static Map<String, Class<? extends KubernetesResource>> types() {
    Map<String, Class<? extends KubernetesResource>> types = new HashMap<>();
    Kinds.TYPES.forEach(
        type -> types.put(type(HasMetadata.getApiVersion(type), HasMetadata.getKind(type)), type));
    types.put(type("v1", "Status"), Status.class);
    return types;
  }

  private static String type(String apiVersion, String kind) {
    return apiVersion + "/" + kind;
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      return context.handleUnexpectedToken(KubernetesResource.class, parser);
    }
    try (TokenBuffer read = context.bufferForInputBuffering(parser)) {
      read.writeStartObject();
      String apiVersion = null;
      String kind = null;
      while ((apiVersion == null || kind == null) && parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        read.writeFieldName(name);
        parser.nextToken();
        if (name.equals(API_VERSION)) {
          apiVersion = parser.getValueAsString("");
        } else if (name.equals(KIND)) {
          kind = parser.getValueAsString("");
        }
        read.copyCurrentStructure(parser);
      }
      boolean ended = parser.hasToken(JsonToken.END_OBJECT);
      if (ended) {
        read.writeEndObject();
      }
      JsonParser begin = read.asParser(parser);
      JsonParser all = ended ? begin : JsonParserSequence.createFlattened(false, begin, parser);
      all.nextToken();
      return deserializer(
              TYPES.getOrDefault(type(apiVersion, kind), GenericKubernetesResource.class), context)
          .deserialize(all, context);
    }
  }

  private JsonDeserializer<Object> deserializer(Class<?> type, DeserializationContext context)
      throws JsonMappingException {
    JsonDeserializer<Object> known = deserializers.get(type);
    if (known != null) {
      return known;
    }
    JsonDeserializer<Object> found = context.findRootValueDeserializer(context.constructType(type));
    deserializers.put(type, found);
    return found;
  }
}
