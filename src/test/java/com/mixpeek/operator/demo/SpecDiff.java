package com.mixpeek.operator.demo;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.zjsonpatch.DiffFlags;
import io.fabric8.zjsonpatch.JsonDiff;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** How a copy's spec differs from its source's, a line for each place, and what is the same. */
final class SpecDiff {

  private static final EnumSet<DiffFlags> FLAGS =
      EnumSet.of(
          DiffFlags.OMIT_MOVE_OPERATION,
          DiffFlags.OMIT_COPY_OPERATION,
          DiffFlags.ADD_ORIGINAL_VALUE_ON_REPLACE);

  /** In characters: longer values are cut, for what they are is in the YAML. */
  private static final int LONGEST = 72;

  private record Change(char sign, String path, String values) {

    /** The spec's own field, within which the order of the changes is kept. */
    String field() {
      return path.split("[.\\[]", 2)[0];
    }
  }

  private SpecDiff() {}

  static List<String> lines(JsonNode source, JsonNode copy) {
    List<Change> changes = new ArrayList<>();
    JsonDiff.asJson(source, copy, FLAGS).forEach(operation -> changes.add(change(operation)));
    // The name first; then by field, for an API server does not keep the order that was written.
    changes.sort(
        Comparator.comparing((Change c) -> !c.path().endsWith("Name") || c.path().contains("."))
            .thenComparing(Change::field));
    int width = changes.stream().mapToInt(c -> c.path().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (Change change : changes) {
      String gap = " ".repeat(width - change.path().length());
      lines.add("%s %s%s  %s".formatted(change.sign(), change.path(), gap, change.values()));
    }
    List<String> same =
        source.properties().stream()
            .filter(field -> field.getValue().equals(copy.get(field.getKey())))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!same.isEmpty()) {
      lines.add("= " + String.join(", ", same));
    }
    return lines;
  }

  private static Change change(JsonNode operation) {
    String path = path(operation.path("path").asText());
    String value = value(operation.path("value"));
    return switch (operation.path("op").asText()) {
      case "add" -> new Change('+', path, value);
      case "remove" -> new Change('-', path, value);
      default -> new Change('~', path, value(operation.path("fromValue")) + " → " + value);
    };
  }

  /** {@code /a/b/0} as {@code a.b[0]}. */
  private static String path(String pointer) {
    StringBuilder path = new StringBuilder();
    for (JsonPointer at = JsonPointer.compile(pointer); !at.matches(); at = at.tail()) {
      if (at.mayMatchElement()) {
        path.append('[').append(at.getMatchingIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
      }
    }
    return path.toString();
  }

  private static String value(JsonNode value) {
    String text = value.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
  }
}
