package com.mixpeek.operator.cli.graph;

import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyClone;
import com.mixpeek.operator.cli.graph.Node.Tone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What comes of what: things in the order in which they were found, and what is between them. */
public record Lineage(Map<String, Node> nodes, List<Edge> edges) {

  /** The lineage of all that is known. */
  public static Lineage of(
      LineageInput<CollectionClone, Collection> collections,
      LineageInput<TaxonomyClone, Taxonomy> taxonomies) {
    return new LineageTracer(collections, taxonomies).trace();
  }

  static Lineage of(List<Node> nodes, java.util.Collection<Edge> edges) {
    Map<String, Node> byKey = new LinkedHashMap<>();
    nodes.forEach(node -> byKey.put(node.key(), node));
    return new Lineage(byKey, List.copyOf(edges));
  }

  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** Whether something in it waits for a person. */
  public boolean isRefused() {
    return nodes.values().stream().anyMatch(node -> node.tone() == Tone.REFUSED);
  }

  /** The edges that leave each thing. */
  Map<String, List<Edge>> leaving() {
    return edges.stream()
        .collect(
            java.util.stream.Collectors.groupingBy(
                Edge::from, LinkedHashMap::new, java.util.stream.Collectors.toList()));
  }
}
