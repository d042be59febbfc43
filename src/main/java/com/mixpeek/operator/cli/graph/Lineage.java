package com.mixpeek.operator.cli.graph;

import com.mixpeek.operator.cli.cluster.Health;
import com.mixpeek.operator.cli.graph.Node.Role;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What comes of what: things in the order in which they were found, and what is between them. */
public record Lineage(Map<String, Node> nodes, List<Edge> edges) {

  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** Whether something in it waits for a person. */
  public boolean isRefused() {
    return nodes.values().stream().anyMatch(node -> node.health() == Health.DEGRADED);
  }

  Map<String, List<Edge>> leaving() {
    return edges.stream()
        .collect(Collectors.groupingBy(Edge::from, LinkedHashMap::new, Collectors.toList()));
  }

  /** Gathers nodes and edges, each with its key, while references are followed. */
  static final class Builder {

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private final Set<String> copies = new HashSet<>();
    private final boolean severalNamespaces;

    /**
     * @param severalNamespaces whether a node needs its namespace beside its name
     */
    Builder(boolean severalNamespaces) {
      this.severalNamespaces = severalNamespaces;
    }

    Node add(
        Role role,
        String kind,
        String namespace,
        String name,
        String catalogName,
        String id,
        LineageInput.State state) {
      Node node =
          new Node(
              "n" + nodes.size(),
              role,
              kind,
              severalNamespaces ? TerminalText.label(namespace, Node.LONGEST_NAME) : "",
              name,
              catalogName,
              id,
              state.word(),
              state.health(),
              state.note());
      nodes.put(node.key(), node);
      return node;
    }

    void link(Edge edge) {
      edges.add(edge);
      if (edge.type() == Edge.Type.CLONE) {
        copies.add(edge.to());
      }
    }

    /** Whether some clone is known to have made it. */
    boolean isCopy(Node node) {
      return copies.contains(node.key());
    }

    Lineage build() {
      return new Lineage(nodes, List.copyOf(edges));
    }
  }
}
