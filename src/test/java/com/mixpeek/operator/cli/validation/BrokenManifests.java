package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Manifests that are broken in one place each: every value of a manifest is left out, and replaced
 * by values of other types and beyond limits. Not among these is {@code 4.0}: kubectl sends it as
 * {@code 4}.
 */
final class BrokenManifests {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String VALUES =
      """
      [null, true, 7, -1, 0.5, 1e30, 2147483648, 9223372036854775808, "", "x", "A b", "é€😀",
       "<&>\\u2028\\"\\\\\\n\\u0007", "%s", [], {}, [null], [[]], [1, "x"], {"": 1}, {"a.b": null},
       {"type": "bucket"}, ["x", "x"], [{}, {}], 1e-7, 123456789.5]
      """
          .formatted("y".repeat(4001));

  private BrokenManifests() {}

  static List<ObjectNode> of(ObjectNode manifest) {
    List<ObjectNode> broken = new ArrayList<>();
    walk(manifest, manifest, broken);
    return broken;
  }

  private static void walk(ObjectNode whole, JsonNode at, List<ObjectNode> broken) {
    if (at instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (at == whole && !name.equals("spec") && !name.equals("metadata")) {
          continue;
        }
        JsonNode value = object.remove(name);
        broken.add(whole.deepCopy());
        for (JsonNode other : values()) {
          object.set(name, other);
          broken.add(whole.deepCopy());
        }
        object.set(name, value);
        walk(whole, value, broken);
      }
      object.put("unheard", 1);
      broken.add(whole.deepCopy());
      object.remove("unheard");
    } else if (at instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        for (JsonNode other : values()) {
          array.set(i, other);
          broken.add(whole.deepCopy());
        }
        array.set(i, value);
        walk(whole, value, broken);
      }
      if (!array.isEmpty()) {
        array.add(array.get(0).deepCopy());
        broken.add(whole.deepCopy());
        array.remove(array.size() - 1);
      }
    }
  }

  private static JsonNode values() {
    try {
      return JSON.readTree(VALUES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
