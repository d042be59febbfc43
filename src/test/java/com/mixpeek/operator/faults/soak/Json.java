package com.mixpeek.operator.faults.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.testing.namespace.JsonResources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** What is read of a resource, as JSON: absent values are the empty text. */
final class Json {

  private static final ObjectMapper SORTED =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Json() {}

  static String text(JsonNode resource, String pointer) {
    return resource.at(pointer).asText("");
  }

  static String name(JsonNode resource) {
    return text(resource, "/metadata/name");
  }

  static String uid(JsonNode resource) {
    return text(resource, "/metadata/uid");
  }

  static long version(JsonNode resource) {
    return resource.at("/metadata/resourceVersion").asLong();
  }

  /** The UID of the clone that made it, by its label. */
  static String mark(JsonNode resource) {
    return text(resource, "/metadata/labels/mixpeek.com~1clone-uid");
  }

  static String annotation(JsonNode resource, String name) {
    return text(resource, "/metadata/annotations/mixpeek.com~1" + name);
  }

  static boolean isDeleted(JsonNode resource) {
    return !text(resource, "/metadata/deletionTimestamp").isEmpty();
  }

  static boolean isOwnedBy(JsonNode resource, String uid) {
    return JsonResources.stream(resource.at("/metadata/ownerReferences"))
        .anyMatch(owner -> text(owner, "/uid").equals(uid));
  }

  static String message(JsonNode resource) {
    return text(JsonResources.ready(resource), "/message");
  }

  /** What two clones that order the same have in common. */
  static String digest(JsonNode cloneSpec) {
    try {
      Object order =
          SORTED.treeToValue(
              SORTED
                  .createObjectNode()
                  .<ObjectNode>set("overrides", cloneSpec.get("overrides"))
                  .set("sourceRef", cloneSpec.get("sourceRef")),
              Map.class);
      byte[] text = SORTED.writeValueAsString(order).getBytes(StandardCharsets.UTF_8);
      return "v1:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
