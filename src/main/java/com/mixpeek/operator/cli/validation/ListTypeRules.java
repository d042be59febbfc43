package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No two items of a list of type {@code map} have the same keys, and no two of a set are equal. */
final class ListTypeRules {

  private ListTypeRules() {}

  static List<Violation> check(FieldValue place) {
    List<Violation> findings = new ArrayList<>();
    if (place.value().isArray() && place.schema().isUnordered()) {
      duplicates(place, findings);
    }
    place.children().forEach(child -> findings.addAll(check(child)));
    return findings;
  }

  /** Like the API server: what is there three times is named once. */
  private static void duplicates(FieldValue list, List<Violation> findings) {
    Map<JsonNode, Integer> seen = new HashMap<>();
    for (int i = 0; i < list.value().size(); i++) {
      JsonNode item = list.value().get(i);
      if (!list.schema().isSet() && !item.isObject() && !item.isNull()) {
        String why = "Invalid value: %s: must be an object for an array of list-type map";
        findings.add(new Violation(list.path() + "[" + i + "]", why.formatted(GoFormat.of(item))));
        return;
      }
    }
    for (int i = 0; i < list.value().size(); i++) {
      JsonNode identity = identity(list.schema(), list.value().get(i));
      if (seen.merge(identity, 1, Integer::sum) == 2) {
        findings.add(
            new Violation(
                list.path() + "[" + i + "]", "Duplicate value: " + GoFormat.of(identity)));
      }
    }
  }

  private static JsonNode identity(StructuralSchema list, JsonNode item) {
    if (list.isSet()) {
      return item;
    }
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    for (String key : list.mapKeys()) {
      if (item.has(key)) {
        keys.set(key, item.get(key));
      }
    }
    return keys;
  }
}
