package com.mixpeek.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a spec invalid that the API server cannot see.
 *
 * <p>CEL's cost budget does not reach to a search for each node's parent among all nodes, and a
 * structural schema cannot say "a map or a list". Parts of a shape that this version does not know
 * are not judged.
 */
public final class SpecCheck {

  /**
   * What is wrong with a spec.
   *
   * @param field its path within the spec
   * @param message a sentence that names field and remedy
   */
  public record Problem(String field, String message) {}

  private static final String MAPPINGS = "featureExtractor.inputMappings";

  private SpecCheck() {}

  /**
   * Says what is wrong with a Collection's or Taxonomy's spec.
   *
   * @return empty where nothing is wrong
   */
  public static Optional<Problem> problem(JsonNode spec) {
    return problem(spec, Map.of());
  }

  /**
   * Says what is wrong with a spec of which references by name are resolved.
   *
   * @param ids what they were resolved to, by their fields; of one that is not among them is judged
   *     only what its name tells
   */
  public static Optional<Problem> problem(JsonNode spec, Map<String, String> ids) {
    return mappings(spec.path("featureExtractor").path("inputMappings"))
        .or(
            () ->
                Hierarchy.of(spec.path("config"), ids)
                    .problem()
                    .map(message -> new Problem(Hierarchy.NODES, message)));
  }

  private static Optional<Problem> mappings(JsonNode mappings) {
    if (mappings.isObject()) {
      for (Map.Entry<String, JsonNode> entry : mappings.properties()) {
        if (!entry.getValue().isTextual()) {
          return problem(
              MAPPINGS + "." + entry.getKey(),
              " is not a string: map each input to the path of a field.");
        }
      }
    } else if (mappings.isArray()) {
      for (int i = 0; i < mappings.size(); i++) {
        if (!mappings.get(i).path("inputKey").isTextual()) {
          return problem(
              MAPPINGS + "[" + i + "]",
              " has no inputKey: name the input that the mapping is for.");
        }
      }
    } else if (!mappings.isMissingNode() && !mappings.isNull()) {
      return problem(
          MAPPINGS, " is neither a map nor a list: map each input to the path of a field.");
    }
    return Optional.empty();
  }

  private static Optional<Problem> problem(String field, String rest) {
    return Optional.of(new Problem(field, field + rest));
  }
}
