package com.mixpeek.operator.cli.diff;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.cli.terminal.TerminalText;
import io.fabric8.zjsonpatch.DiffFlags;
import io.fabric8.zjsonpatch.JsonDiff;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * One place where two values differ.
 *
 * @param path as people write it, {@code featureExtractor.fieldPassthrough[0].sourcePath}
 * @param from null where there was nothing
 * @param to null where there is nothing any more
 */
public record Change(String path, JsonNode from, JsonNode to) {

  private static final EnumSet<DiffFlags> FLAGS =
      EnumSet.of(
          DiffFlags.OMIT_MOVE_OPERATION,
          DiffFlags.OMIT_COPY_OPERATION,
          DiffFlags.ADD_ORIGINAL_VALUE_ON_REPLACE);

  /** In characters: longer values are cut, for what they are is in the YAML. */
  private static final int LONGEST = 72;

  /** How the one becomes the other, in the order of the fields. */
  public static List<Change> between(JsonNode from, JsonNode to) {
    List<Change> changes = new ArrayList<>();
    for (JsonNode operation : JsonDiff.asJson(from, to, FLAGS)) {
      JsonPointer pointer = JsonPointer.compile(operation.path("path").asText());
      JsonNode value = operation.get("value");
      changes.add(
          switch (operation.path("op").asText()) {
            case "add" -> new Change(path(pointer), null, value);
            case "remove" -> new Change(path(pointer), value, null);
            default -> new Change(path(pointer), operation.get("fromValue"), value);
          });
    }
    return changes;
  }

  /** The field of the whole, {@code featureExtractor}. */
  public String field() {
    return path.split("[.\\[]", 2)[0];
  }

  /** A value on one line, text without quotes, cut where it is long. */
  public static String shown(JsonNode value) {
    String text =
        value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : value.toString();
    String line = TerminalText.escape(text.replaceAll("\\s+", " "));
    return line.length() > LONGEST ? line.substring(0, LONGEST - 1) + "…" : line;
  }

  /** {@code path from → to}. */
  @Override
  public String toString() {
    if (from == null) {
      return path + " " + shown(to) + " added";
    }
    return to == null
        ? path + " " + shown(from) + " removed"
        : path + " " + shown(from) + " → " + shown(to);
  }

  private static String path(JsonPointer pointer) {
    StringBuilder path = new StringBuilder();
    for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
      if (at.mayMatchElement()) {
        path.append('[').append(at.getMatchingIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
      }
    }
    return path.toString();
  }
}
