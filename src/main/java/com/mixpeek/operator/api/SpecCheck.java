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

  private SpecCheck() {}

  /**
   * Says what is wrong with a Collection's or Taxonomy's spec.
   *
   * @return a sentence that names field and remedy, empty where nothing is wrong
   */
  public static Optional<String> problem(JsonNode spec) {
    return mappings(spec.path("featureExtractor").path("inputMappings"))
        .or(() -> hierarchy(spec.path("config")));
  }

  private static Optional<String> mappings(JsonNode mappings) {
    String field = "featureExtractor.inputMappings";
    if (mappings.isObject()) {
      for (Map.Entry<String, JsonNode> entry : mappings.properties()) {
        if (!entry.getValue().isTextual()) {
          return Optional.of(
              "%s.%s is not a string: map each input to the path of a field."
                  .formatted(field, entry.getKey()));
        }
      }
    } else if (mappings.isArray()) {
      for (int i = 0; i < mappings.size(); i++) {
        if (!mappings.get(i).path("inputKey").isTextual()) {
          return Optional.of(
              "%s[%d] has no inputKey: name the input that the mapping is for."
                  .formatted(field, i));
        }
      }
    } else if (!mappings.isMissingNode() && !mappings.isNull()) {
      return Optional.of(
          field + " is neither a map nor a list: map each input to the path of a field.");
    }
    return Optional.empty();
  }

  private static Optional<String> hierarchy(JsonNode config) {
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
        return Optional.of(
            ("config.hierarchicalNodes: the parent %s of %s is not a node: add it, or correct"
                    + " parentCollectionId.")
                .formatted(parent, node.getKey()));
      }
    }
    return cycle(parents);
  }

  private static Optional<String> cycle(Map<String, String> parents) {
    Set<String> rooted = new HashSet<>();
    for (String node : parents.keySet()) {
      Set<String> path = new HashSet<>();
      String at = node;
      while (parents.containsKey(at) && !rooted.contains(at)) {
        if (!path.add(at)) {
          return Optional.of(
              ("config.hierarchicalNodes: %s is its own ancestor: correct a parentCollectionId on"
                      + " the way.")
                  .formatted(at));
        }
        at = parents.get(at);
      }
      rooted.addAll(path);
    }
    return Optional.empty();
  }
}
