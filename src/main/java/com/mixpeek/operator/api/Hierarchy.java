package com.mixpeek.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nodes of a hierarchical taxonomy, told apart by ID, or by name where no ID is known. */
final class Hierarchy {

  static final String NODES = "config.hierarchicalNodes";

  private final Map<String, String> ids;

  /** By node the parent, empty for a root. */
  private final Map<String, String> parents = new LinkedHashMap<>();

  /** By node or parent what stands in the spec. */
  private final Map<String, String> shown = new HashMap<>();

  private final Set<String> inferred = new HashSet<>();
  private String twice;

  /** Whether something is told by its ID, and whether something is told by its name. */
  private boolean byId;

  private boolean byName;

  private Hierarchy(Map<String, String> ids) {
    this.ids = ids;
  }

  static Hierarchy of(JsonNode config, Map<String, String> ids) {
    Hierarchy hierarchy = new Hierarchy(ids);
    JsonNode nodes = config.path("hierarchicalNodes");
    for (int i = 0; i < nodes.size(); i++) {
      hierarchy.add(NODES + "[" + i + "].", nodes.path(i));
    }
    if (config.hasNonNull("inferenceStrategy")) {
      config.path("inferenceCollections").forEach(id -> hierarchy.inferred.add(id.asText()));
      hierarchy.byId |= !hierarchy.inferred.isEmpty();
      JsonNode refs = config.path("inferenceCollectionRefs");
      for (int i = 0; i < refs.size(); i++) {
        String path = "config.inferenceCollectionRefs[" + i + "]";
        hierarchy.inferred.add(hierarchy.identity(path, refs.path(i).path("name").asText()));
      }
    }
    return hierarchy;
  }

  private void add(String path, JsonNode node) {
    String self = identity(path, node, "collectionId", "collectionRef");
    String parent = identity(path, node, "parentCollectionId", "parentCollectionRef");
    if (!self.isEmpty() && parents.put(self, parent) != null) {
      twice = self;
    }
  }

  /** What a collection of a node is told apart by, empty where there is none. */
  private String identity(String path, JsonNode node, String id, String ref) {
    JsonNode name = node.path(ref).path("name");
    if (node.hasNonNull(id)) {
      byId = true;
      return node.get(id).asText();
    }
    return name.isTextual() ? identity(path + ref, name.textValue()) : "";
  }

  private String identity(String field, String name) {
    String id = ids.get(field);
    byId |= id != null;
    byName |= id == null;
    shown.put(id == null ? name : id, name);
    return id == null ? name : id;
  }

  /** What is wrong with the nodes, empty where nothing is. */
  Optional<String> problem() {
    if (twice != null) {
      return problem(": two nodes are of the collection %s: remove one.".formatted(shown(twice)));
    }
    return orphan().or(this::cycle);
  }

  /** Where some are told by name and others by ID, the one may be the other. */
  private Optional<String> orphan() {
    for (Map.Entry<String, String> node : parents.entrySet()) {
      String parent = node.getValue();
      boolean known = parents.containsKey(parent) || inferred.contains(parent);
      if (!parent.isEmpty() && !known && !(byId && byName)) {
        String field = shown.containsKey(parent) ? "parentCollectionRef" : "parentCollectionId";
        return problem(
            ": the parent %s of %s is not a node: add it, or correct %s."
                .formatted(shown(parent), shown(node.getKey()), field));
      }
    }
    return Optional.empty();
  }

  private Optional<String> cycle() {
    Set<String> rooted = new HashSet<>();
    for (String node : parents.keySet()) {
      Set<String> path = new HashSet<>();
      String at = node;
      while (parents.containsKey(at) && !rooted.contains(at)) {
        if (!path.add(at)) {
          String field = shown.isEmpty() ? "a parentCollectionId" : "a parent";
          return problem(
              ": %s is its own ancestor: correct %s on the way.".formatted(shown(at), field));
        }
        at = parents.get(at);
      }
      rooted.addAll(path);
    }
    return Optional.empty();
  }

  private String shown(String identity) {
    return shown.getOrDefault(identity, identity);
  }

  private static Optional<String> problem(String rest) {
    return Optional.of(NODES + rest);
  }
}
