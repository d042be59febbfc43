package com.mixpeek.operator.cli.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.mixpeek.operator.cli.manifest.YamlWriter;
import java.util.List;
import java.util.Map;

/** Two values as text, a unified diff of it. */
final class UnifiedDiff {

  private UnifiedDiff() {}

  /**
   * The lines of the diff, none where nothing differs.
   *
   * <p>In the second the fields have the order of the first.
   *
   * @param context how many unchanged lines are shown around changed ones
   */
  static List<String> lines(
      String fromTitle, JsonNode from, String toTitle, JsonNode to, int context) {
    List<String> before = YamlWriter.write(from).lines().toList();
    List<String> after = YamlWriter.write(ordered(to, from)).lines().toList();
    return UnifiedDiffUtils.generateUnifiedDiff(
        fromTitle, toTitle, before, DiffUtils.diff(before, after), context);
  }

  /** The value with its fields in the other's order, those that only it has behind. */
  private static JsonNode ordered(JsonNode value, JsonNode like) {
    if (value instanceof ObjectNode object && like instanceof ObjectNode other) {
      ObjectNode ordered = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : other.properties()) {
        if (object.has(field.getKey())) {
          ordered.set(field.getKey(), ordered(object.get(field.getKey()), field.getValue()));
        }
      }
      object.properties().forEach(field -> ordered.putIfAbsent(field.getKey(), field.getValue()));
      return ordered;
    }
    if (value instanceof ArrayNode array && like instanceof ArrayNode other) {
      ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < array.size(); i++) {
        ordered.add(i < other.size() ? ordered(array.get(i), other.get(i)) : array.get(i));
      }
      return ordered;
    }
    return value;
  }
}
