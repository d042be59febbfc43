package com.mixpeek.operator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Between the specs' names, {@code featureExtractor}, and the API's, {@code feature_extractor}.
 * What stands inside a free-form part is the user's, and stays as it is letter for letter.
 */
public final class FieldNames {

  /** Fields with anything in them, by the specs' names. */
  private static final Set<String> FREE_FORM =
      Set.of(
          "metadata",
          "params",
          "parameters",
          "inputSchema",
          "outputSchema",
          "schedule",
          "clusterApplications",
          "alertApplications",
          "retrieverEnrichments",
          "sourceFilters",
          "scrollFilters",
          "stepAnalytics",
          "default",
          "override");

  /** A list of mappings with fields of the API, or a map with names of the user's. */
  private static final String INPUT_MAPPINGS = "inputMappings";

  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");
  private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

  private FieldNames() {}

  /** A spec, or a part of one, with the API's names. */
  public static JsonNode toApi(JsonNode spec) {
    return rename(spec, FieldNames::snake);
  }

  /** What the API answered with the specs' names. */
  public static JsonNode fromApi(JsonNode answer) {
    return rename(answer, FieldNames::camel);
  }

  private static JsonNode rename(JsonNode node, UnaryOperator<String> names) {
    if (node instanceof ArrayNode array) {
      ArrayNode renamed = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> renamed.add(rename(item, names)));
      return renamed;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode renamed = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              field -> {
                JsonNode value = field.getValue();
                renamed.set(
                    names.apply(field.getKey()),
                    isFreeForm(camel(field.getKey()), value)
                        ? value.deepCopy()
                        : rename(value, names));
              });
      return renamed;
    }
    return node;
  }

  /** Whether a field, by the specs' name of it, holds what is the user's letter for letter. */
  static boolean isFreeForm(String field, JsonNode value) {
    return FREE_FORM.contains(field) || field.equals(INPUT_MAPPINGS) && value.isObject();
  }

  private static String snake(String name) {
    return CAPITAL
        .matcher(name)
        .replaceAll(found -> "_" + Character.toLowerCase(found.group().charAt(0)));
  }

  private static String camel(String name) {
    return UNDERSCORE.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }
}
