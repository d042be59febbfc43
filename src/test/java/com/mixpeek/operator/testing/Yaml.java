package com.mixpeek.operator.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML without loss, read apart from the code under test: an integer stays one of any length, a
 * double stays a double, and an empty list is neither an empty map nor nothing.
 */
public final class Yaml {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper SORTED =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Yaml() {}

  /** What stands in the file. */
  public static JsonNode read(Path file) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file.toString()).setSchema(new CoreSchema()).build();
      return JSON.valueToTree(new Load(settings).loadFromString(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The object as the client would send it. */
  public static JsonNode tree(Object object) {
    return parse(Serialization.asJson(object));
  }

  public static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The fields in the order in which they were set: what a person wants to read. */
  public static String write(JsonNode node) {
    return dump(JSON.convertValue(node, Object.class));
  }

  /** The fields in alphabetical order: what can be compared line by line. */
  public static String sorted(JsonNode node) {
    try {
      Object value = JSON.treeToValue(node, Object.class);
      return dump(SORTED.readValue(SORTED.writeValueAsString(value), Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String dump(Object value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(110)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .build();
    return new Dump(settings).dumpToString(value);
  }

  /**
   * Whether both say the same: the order of a map's fields says nothing, and 1 is not 1.0, for a
   * copy that writes one for the other is not a faithful one.
   */
  public static boolean same(JsonNode one, JsonNode other) {
    if (one.isIntegralNumber() && other.isIntegralNumber()) {
      return one.bigIntegerValue().equals(other.bigIntegerValue());
    }
    if (one.isFloatingPointNumber() && other.isFloatingPointNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
      return false;
    }
    if (one.isObject()) {
      return one.properties().stream()
          .allMatch(e -> other.has(e.getKey()) && same(e.getValue(), other.get(e.getKey())));
    }
    if (one.isArray()) {
      Iterator<JsonNode> others = other.iterator();
      for (JsonNode element : one) {
        if (!same(element, others.next())) {
          return false;
        }
      }
      return true;
    }
    return one.equals(other);
  }
}
