package com.mixpeek.operator.clone;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CloneSpec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether two clones ordered the same: a digest of {@code sourceRef} and {@code overrides}.
 *
 * <p>It is written on every target and read by later versions, so its algorithm never changes:
 * SHA-256 over the two values' JSON with sorted keys, no blanks, numbers by value (1.0 is 1), and
 * without the fields that are null, which the API server or kubectl may drop on the way.
 */
public final class Digest {

  private static final BigDecimal BEYOND_LONG = new BigDecimal("1E+19");

  private Digest() {}

  /** The digest of a clone's spec, as {@code mixpeek.com/clone-digest} holds it. */
  public static String of(CloneSpec spec) {
    StringBuilder json = new StringBuilder("{\"overrides\":");
    append(spec.getOverrides(), json);
    append(spec.getSourceRef(), json.append(",\"sourceRef\":"));
    String text = json.append('}').toString();
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return "v1:" + HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static void append(JsonNode node, StringBuilder json) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
      sorted.values().removeIf(JsonNode::isNull);
      String separator = "{";
      for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
        append(field.getKey(), json.append(separator));
        append(field.getValue(), json.append(':'));
        separator = ",";
      }
      json.append(sorted.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      String separator = "[";
      for (JsonNode element : node) {
        append(element, json.append(separator));
        separator = ",";
      }
      json.append(node.isEmpty() ? "[]" : "]");
    } else if (node.isNumber()) {
      BigDecimal value = stored(node);
      json.append(value.signum() == 0 ? "0" : value.stripTrailingZeros().toString());
    } else if (node.isTextual()) {
      append(node.textValue(), json);
    } else {
      json.append(node);
    }
  }

  /**
   * The number as an API server keeps it, by whatever digits it was written: what is no whole
   * number of 64 bits is a double, the shortest decimal that stands for it (which Java's own is
   * from 19 on).
   */
  private static BigDecimal stored(JsonNode number) {
    BigDecimal exact = new BigDecimal(number.asText());
    double nearest = exact.doubleValue();
    return isLong(exact) || Double.isInfinite(nearest)
        ? exact
        : new BigDecimal(NumberOutput.toString(nearest, true));
  }

  private static boolean isLong(BigDecimal number) {
    // First, as to write one like 1E+9999999 in full would take all memory.
    return number.abs().compareTo(BEYOND_LONG) < 0
        && number.stripTrailingZeros().scale() <= 0
        && number.toBigInteger().bitLength() < Long.SIZE;
  }

  private static void append(String text, StringBuilder json) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, json);
    json.append('"');
  }
}
