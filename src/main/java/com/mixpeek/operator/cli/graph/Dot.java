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
      NodeAppearance look = NodeAppearance.of(node);
      String rounded = node.role() == Node.Role.COPY ? ",rounded" : "";
      String style = "filled" + rounded + (look.dashed() ? ",dashed" : "");
      text.append(
          "  %s [label=%s, shape=%s, style=\"%s\", fillcolor=\"%s\", color=\"%s\"];\n"
              .formatted(
                  node.key(), label(node.lines()), shape(node), style, look.fill, look.stroke));
    }
    for (Edge edge : lineage.edges()) {
      String style = edge.type() == Edge.Type.CLONE ? "" : ", style=dashed";
      String label = label(edge.lines());
      text.append("  %s -> %s [label=%s%s];\n".formatted(edge.from(), edge.to(), label, style));
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
