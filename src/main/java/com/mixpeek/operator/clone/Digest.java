package com.mixpeek.operator.clone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mixpeek.operator.api.CloneSpec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Tells whether two clones ordered the same: a digest of {@code sourceRef} and {@code overrides}.
 *
 * <p>It is written on every target and read by later versions, so its algorithm never changes:
 * SHA-256 over the two values' JSON with sorted keys, no blanks, numbers by value (1.0 is 1), and
 * without the fields that are null, which the API server or kubectl may drop on the way.
 */
public final class Digest {

  private Digest() {}

  /** The digest of a clone's spec, as {@code mixpeek.com/clone-digest} holds it. */
  public static String of(CloneSpec spec) {
    String text =
        "{\"overrides\":"
            + canonical(spec.getOverrides())
            + ",\"sourceRef\":"
            + canonical(spec.getSourceRef())
            + "}";
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return "v1:" + HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static String canonical(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
      sorted.values().removeIf(JsonNode::isNull);
      StringJoiner json = new StringJoiner(",", "{", "}");
      sorted.forEach((name, value) -> json.add(quoted(name) + ":" + canonical(value)));
      return json.toString();
    }
    if (node.isArray()) {
      StringJoiner json = new StringJoiner(",", "[", "]");
      node.forEach(value -> json.add(canonical(value)));
      return json.toString();
    }
    if (node.isNumber()) {
      BigDecimal value = new BigDecimal(node.asText());
      return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
    }
    return node.isTextual() ? quoted(node.textValue()) : node.toString();
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
