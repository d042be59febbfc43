package com.mixpeek.operator.cli.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * Draws a lineage as trees. What has several parents stands in full under the one that it was
 * copied from, and is referred to from the others.
 */
public final class TextTree {

  private final Lineage lineage;
  private final BinaryOperator<String> styled;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, List<Edge>> leaving;

  /** Under which edge each thing stands in full; roots have none. */
  private final Map<String, Edge> home = new HashMap<>();

  private final Set<String> shown = new HashSet<>();
  private final Set<String> path = new HashSet<>();
  private final Deque<Frame> stack = new ArrayDeque<>();

  private record Frame(Node node, String margin, Iterator<Edge> edges) {}

  private TextTree(Lineage lineage, BinaryOperator<String> styled) {
    this.lineage = lineage;
    this.styled = styled;
    this.leaving = lineage.leaving();
    for (Edge edge : lineage.edges()) {
      if (!edge.from().equals(edge.to())) {
        home.merge(edge.to(), edge, (a, b) -> a.type().compareTo(b.type()) <= 0 ? a : b);
      }
    }
  }

  /**
   * Draws all of it.
   *
   * @param styled gives a text a style in picocli's markup, where the output has colours
   */
  public static String write(Lineage lineage, BinaryOperator<String> styled) {
    return new TextTree(lineage, styled).draw();
  }

  private String draw() {
    for (Node node : lineage.nodes().values()) {
      if (!home.containsKey(node.key())) {
        tree(node);
      }
    }
    // What is left goes round in circles, and so has no root.
    for (Node node : lineage.nodes().values()) {
      if (!shown.contains(node.key())) {
        tree(node);
      }
    }
    return out.toString();
  }

  /** Without recursion, for a chain may be longer than a thread's stack is deep. */
  private void tree(Node root) {
    enter(root, "", "", null);
    while (!stack.isEmpty()) {
      Frame frame = stack.peek();
      if (!frame.edges().hasNext()) {
        path.remove(stack.pop().node().key());
        continue;
      }
      Edge edge = frame.edges().next();
      boolean last = !frame.edges().hasNext();
      String branch = frame.margin() + (last ? "└── " : "├── ");
      if (standsHere(edge)) {
        enter(node(edge), branch, frame.margin() + (last ? "    " : "│   "), edge);
      } else {
        line(branch, "→ " + reference(edge));
      }
    }
  }

  private void enter(Node node, String branch, String margin, Edge edge) {
    shown.add(node.key());
    path.add(node.key());
    List<Edge> edges = new ArrayList<>(leaving.getOrDefault(node.key(), List.of()));
    edges.sort(Comparator.comparing(e -> !standsHere(e)));
    line(branch, heading(node));
    String bar = margin + (edges.isEmpty() ? "  " : "│ ");
    if (edge != null) {
      line(bar, styled.apply("faint", edge.sentence()));
    }
    if (!node.note().isEmpty()) {
      line(bar, node.note());
    }
    stack.push(new Frame(node, margin, edges.iterator()));
  }

  private String heading(Node node) {
    NodeAppearance appearance = NodeAppearance.of(node);
    String style = appearance == NodeAppearance.EXTERNAL ? "faint" : "bold";
    StringBuilder heading = new StringBuilder(styled.apply(style, node.title()));
    List<String> facts = node.facts();
    for (String fact : facts.subList(0, facts.size() - 1)) {
      heading.append(" · ").append(fact);
    }
    return heading.append(" · ").append(styled.apply(appearance.style, node.state())).toString();
  }

  private boolean standsHere(Edge edge) {
    return edge == home.get(edge.to()) && !shown.contains(edge.to());
  }

  private String reference(Edge edge) {
    String title = node(edge).title();
    if (path.contains(edge.to())) {
      return edge.type() == Edge.Type.CLONE
          ? title + ", shown above: a circle of clones, of which none can be the first"
          : title + ", shown above: " + edge.sentence() + ", in a circle";
    }
    return "%s, shown %s: %s"
        .formatted(title, shown.contains(edge.to()) ? "above" : "below", edge.sentence());
  }

  private Node node(Edge edge) {
    return lineage.nodes().get(edge.to());
  }

  private void line(String margin, String text) {
    out.append(margin).append(text).append('\n');
  }
}
