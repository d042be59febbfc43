package com.mixpeek.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  private static final String NODES = "config.hierarchicalNodes";

  private SpecCheck() {}

  /**
   * Says what is wrong with a Collection's or Taxonomy's spec.
   *
   * @return empty where nothing is wrong
   */
  public static Optional<Problem> problem(JsonNode spec) {
    return mappings(spec.path("featureExtractor").path("inputMappings"))
        .or(() -> hierarchy(spec.path("config")));
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

  private static Optional<Problem> hierarchy(JsonNode config) {
    Map<String, String> parents = new LinkedHashMap<>();
    for (JsonNode node : config.path("hierarchicalNodes")) {
      if (node.hasNonNull("collectionId")) {
        boolean root = !node.hasNonNull("parentCollectionId");
        parents.put(
            node.get("collectionId").asText(), root ? "" : node.get("parentCollectionId").asText());
      }
    }
    Set<String> inferred = new HashSet<>();
    if (config.hasNonNull("inferenceStrategy")) {
      config.path("inferenceCollections").forEach(id -> inferred.add(id.asText()));
    }
    for (Map.Entry<String, String> node : parents.entrySet()) {
      String parent = node.getValue();
      if (!parent.isEmpty() && !parents.containsKey(parent) && !inferred.contains(parent)) {
        return problem(
            NODES,
            ": the parent %s of %s is not a node: add it, or correct parentCollectionId."
                .formatted(parent, node.getKey()));
      }
    }
    return cycle(parents);
  }

  private static Optional<Problem> cycle(Map<String, String> parents) {
    Set<String> rooted = new HashSet<>();
    for (String node : parents.keySet()) {
      Set<String> path = new HashSet<>();
      String at = node;
      while (parents.containsKey(at) && !rooted.contains(at)) {
        if (!path.add(at)) {
          return problem(
              NODES,
              ": %s is its own ancestor: correct a parentCollectionId on the way.".formatted(at));
        }
        at = parents.get(at);
      }
      rooted.addAll(path);
    }
    return Optional.empty();
  }
}
