package com.mixpeek.operator.cli.fork;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import com.mixpeek.operator.cli.manifest.UnreadableInput;
import java.util.ArrayList;
import java.util.List;

/**
 * An override of a single member.
 *
 * @param name of the member, as a person gives it
 * @param path the field, or one within a field: {@code source.bucketIds}
 * @param value null to copy the field, or to leave out the one within it
 */
public record OverridePatch(String name, String path, JsonNode value) {

  /**
   * One of {@code NAME:field=value}.
   *
   * @throws ForkRefused if it is of another form
   */
  public static OverridePatch of(String text) {
    int colon = text.indexOf(':');
    int equals = text.indexOf('=', colon + 1);
    String path = equals < 0 ? "" : text.substring(colon + 1, equals);
    if (colon < 1 || !path.matches("\\w+(\\[\\d+]|\\.[\\w-]+)*")) {
      throw new ForkRefused(
          "--set %s is not of the form NAME:field=value, as in frames:source.bucketIds=[bkt_a]."
              .formatted(text));
    }
    try {
      List<JsonNode> values = ManifestFiles.values("--set", text.substring(equals + 1));
      JsonNode value = values.isEmpty() ? JsonNodeFactory.instance.nullNode() : values.get(0);
      return new OverridePatch(text.substring(0, colon), path, value);
    } catch (UnreadableInput e) {
      throw new ForkRefused(e.getMessage());
    }
  }

  /**
   * The members of a file, each with its overrides.
   *
   * @throws ForkRefused if it is of another form
   */
  public static List<OverridePatch> of(String file, List<JsonNode> documents) {
    List<OverridePatch> patches = new ArrayList<>();
    for (JsonNode document : documents) {
      boolean fits =
          document.isObject()
              && document.properties().stream().allMatch(e -> e.getValue().isObject());
      if (!fits) {
        throw new ForkRefused(
            "%s is no map of names, each with the overrides of its copy, as in frames: {enabled: false}."
                .formatted(file));
      }
      for (var member : document.properties()) {
        for (var field : member.getValue().properties()) {
          patches.add(new OverridePatch(member.getKey(), field.getKey(), field.getValue()));
        }
      }
    }
    return patches;
  }

  /**
   * Changes overrides.
   *
   * @param spec what is copied where nothing is overridden: a field is overridden whole
   * @throws ForkRefused if there is nothing to be set or left out at the path
   */
  void apply(ObjectNode overrides, ObjectNode spec) {
    String[] steps = path.replaceAll("\\[(\\d+)]", ".$1").split("\\.");
    if (steps.length == 1) {
      boolean copied = value.isNull() && spec.hasNonNull(path) && !overrides.has(path);
      if (!copied) {
        put(overrides, path, value);
      }
      return;
    }
    JsonNode at =
        overrides.hasNonNull(steps[0]) ? overrides.get(steps[0]) : spec.path(steps[0]).deepCopy();
    at = at.isContainerNode() ? at : JsonNodeFactory.instance.objectNode();
    overrides.set(steps[0], at);
    for (int i = 1; i < steps.length - 1; i++) {
      at = inner(at, steps[i]);
    }
    put(at, steps[steps.length - 1], value);
  }

  private JsonNode inner(JsonNode at, String step) {
    if (at.isArray()) {
      return at.get(index(at, step));
    }
    JsonNode inner = at.path(step);
    return inner.isContainerNode() ? inner : object(at, step).putObject(step);
  }

  private void put(JsonNode at, String step, JsonNode value) {
    if (at instanceof ArrayNode array) {
      array.set(index(array, step), value);
    } else if (value.isNull()) {
      if (object(at, step).remove(step) == null) {
        throw notThere();
      }
    } else {
      object(at, step).set(step, value);
    }
  }

  /** What is no list has no items. */
  private ObjectNode object(JsonNode at, String step) {
    if (at instanceof ObjectNode object && !path.contains("[" + step + "]")) {
      return object;
    }
    throw notThere();
  }

  private int index(JsonNode list, String step) {
    if (!step.matches("\\d{1,6}") || Integer.parseInt(step) >= list.size()) {
      throw notThere();
    }
    return Integer.parseInt(step);
  }

  private ForkRefused notThere() {
    String what = value.isNull() ? "left out" : "set";
    return new ForkRefused("%s has no %s that could be %s.".formatted(name, path, what));
  }
}
