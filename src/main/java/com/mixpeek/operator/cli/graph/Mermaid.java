package com.mixpeek.operator.cli.graph;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a lineage as a Mermaid flowchart, which GitHub and many wikis draw. */
public final class Mermaid {

  /** More edges than this, or more characters, Mermaid refuses unless its page allows it. */
  private static final int MOST_EDGES = 500;

  private static final int MOST_CHARACTERS = 50_000;

  private Mermaid() {}

  public static String write(Lineage lineage) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (Node node : lineage.nodes().values()) {
      String box = shape(node).formatted(label(node.lines()));
      text.append("  %s%s:::%s\n".formatted(node.key(), box, NodeAppearance.of(node).key()));
    }
    for (Edge edge : lineage.edges()) {
      String arrow = edge.type() == Edge.Type.CLONE ? "-->" : "-.->";
      List<String> lines = edge.lines();
      String label = lines.isEmpty() ? "" : "|\"" + label(lines) + "\"|";
      text.append("  %s %s%s %s\n".formatted(edge.from(), arrow, label, edge.to()));
    }
    for (NodeAppearance look : NodeAppearance.values()) {
      String dashes = look.dashed() ? ",stroke-dasharray:5 3" : "";
      text.append(
          "  classDef %s fill:%s,stroke:%s,color:#212121%s\n"
              .formatted(look.key(), look.fill, look.stroke, dashes));
    }
    return text.toString();
  }

  /** Whether pages that show Mermaid with its own limits, as GitHub does, refuse the text. */
  public static boolean isTooLarge(Lineage lineage, String text) {
    return lineage.edges().size() > MOST_EDGES || text.length() > MOST_CHARACTERS;
  }

  private static String shape(Node node) {
    return switch (node.role()) {
      case SOURCE -> "[(\"%s\")]";
      case COPY -> "(\"%s\")";
      case CLONE -> "{{\"%s\"}}";
      case EXTERNAL -> "[\"%s\"]";
    };
  }

  private static String label(List<String> lines) {
    return lines.stream().map(Mermaid::escape).collect(Collectors.joining("<br/>"));
  }

  /**
   * All but letters, digits and what is surely no mark-up, as Mermaid's own entities. A colon is no
   * such thing: with "style" before it, Mermaid takes what follows for colours.
   */
  private static String escape(String line) {
    return line.codePoints()
        .mapToObj(
            c ->
                Character.isLetterOrDigit(c) || " .,/-_()·…→".indexOf(c) >= 0
                    ? Character.toString(c)
                    : "#" + c + ";")
        .collect(Collectors.joining());
  }
}
