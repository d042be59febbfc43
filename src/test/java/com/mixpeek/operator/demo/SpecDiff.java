package com.mixpeek.operator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.cli.diff.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How a copy's spec differs from its source's, a line for each place, and what is the same. */
final class SpecDiff {

  /** In characters: longer values are cut, for what they are is in the YAML. */
  private static final int LONGEST = 72;

  private SpecDiff() {}

  static List<String> lines(JsonNode source, JsonNode copy) {
    List<Change> changes = new ArrayList<>(Change.between(source, copy));
    // The name first; then by field, for an API server does not keep the order that was written.
    changes.sort(
        Comparator.comparing((Change c) -> !c.path().endsWith("Name") || c.path().contains("."))
            .thenComparing(Change::field));
    int width = changes.stream().mapToInt(c -> c.path().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (Change change : changes) {
      String gap = " ".repeat(width - change.path().length());
      lines.add("%s%s  %s".formatted(sign(change) + change.path(), gap, values(change)));
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

  private static String sign(Change change) {
    return change.from() == null ? "+ " : change.to() == null ? "- " : "~ ";
  }

  private static String values(Change change) {
    if (change.from() == null || change.to() == null) {
      return value(change.from() == null ? change.to() : change.from());
    }
    return value(change.from()) + " → " + value(change.to());
  }

  private static String value(JsonNode value) {
    String text = value.toString();
    return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
  }
}
