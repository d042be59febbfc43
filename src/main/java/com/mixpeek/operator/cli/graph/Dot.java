package com.mixpeek.operator.cli.graph;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a lineage in Graphviz' language. */
public final class Dot {

  private Dot() {}

  public static String write(Lineage lineage) {
    StringBuilder text =
        new StringBuilder(
            """
            digraph lineage {
              rankdir=LR;
              node [fontname="Helvetica", fontsize=11];
              edge [fontname="Helvetica", fontsize=9, color="#616161"];
            """);
    for (Node node : lineage.nodes().values()) {
      NodeAppearance appearance = NodeAppearance.of(node);
      text.append(
          "  %s [label=%s, shape=%s, style=\"filled%s%s\", fillcolor=\"%s\", color=\"%s\"];\n"
              .formatted(
                  node.key(),
                  label(node.lines()),
                  shape(node),
                  node.role() == Node.Role.COPY ? ",rounded" : "",
                  appearance.dashed() ? ",dashed" : "",
                  appearance.fill,
                  appearance.stroke));
    }
    for (Edge edge : lineage.edges()) {
      text.append(
          "  %s -> %s [label=%s%s];\n"
              .formatted(
                  edge.from(),
                  edge.to(),
                  label(edge.lines()),
                  edge.type() == Edge.Type.CLONE ? "" : ", style=dashed"));
    }
    return text.append("}\n").toString();
  }

  private static String shape(Node node) {
    return switch (node.role()) {
      case SOURCE -> "cylinder";
      case COPY, EXTERNAL -> "box";
      case CLONE -> "note";
    };
  }

  private static String label(List<String> lines) {
    return lines.stream()
        .map(line -> line.replace("\\", "\\\\").replace("\"", "\\\""))
        .collect(Collectors.joining("\\n", "\"", "\""));
  }
}
