package com.mixpeek.operator.cli.graph;

import java.util.Locale;

/** How things are told apart by eye. */
enum NodeAppearance {
  SOURCE("a source", "#e3f2fd", "#1565c0", "#10304f", "#64b5f6", "bold"),
  COPY("a copy", "#e8f5e9", "#2e7d32", "#14361a", "#81c784", "bold,fg(green)"),
  PLANNED("a copy to be made", "#f1f8e9", "#7cb342", "#263515", "#aed581", "bold,fg(cyan)"),
  WAITING(
      "waits, goes on by itself", "#fff8e1", "#f9a825", "#42350c", "#ffd54f", "bold,fg(yellow)"),
  REFUSED(
      "refused, a person has to act", "#ffebee", "#c62828", "#4a171c", "#ef9a9a", "bold,fg(red)"),
  EXTERNAL("known by a reference only", "#f5f5f5", "#757575", "#2b2b2b", "#bdbdbd", "faint");

  /** What it is called in a legend. */
  final String meaning;

  final String fill;
  final String stroke;

  /** The same on a dark ground. */
  final String darkFill;

  final String darkStroke;

  /** In picocli's markup. */
  final String style;

  NodeAppearance(
      String meaning,
      String fill,
      String stroke,
      String darkFill,
      String darkStroke,
      String style) {
    this.meaning = meaning;
    this.fill = fill;
    this.stroke = stroke;
    this.darkFill = darkFill;
    this.darkStroke = darkStroke;
    this.style = style;
  }

  static NodeAppearance of(Node node) {
    return switch (node.health()) {
      case DEGRADED -> REFUSED;
      case PROGRESSING, SUSPENDED -> WAITING;
      case MISSING -> PLANNED;
      case HEALTHY ->
          switch (node.role()) {
            case EXTERNAL -> EXTERNAL;
            case COPY -> COPY;
            default -> SOURCE;
          };
    };
  }

  boolean dashed() {
    return this == PLANNED || this == EXTERNAL || this == WAITING;
  }

  /** As a class of the page, of Mermaid and the like. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
