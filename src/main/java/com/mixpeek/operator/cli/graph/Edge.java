package com.mixpeek.operator.cli.graph;

import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;

/**
 * What the one thing has to do with the other.
 *
 * @param from the {@link Node#key()} of where it comes from
 * @param to the {@link Node#key()} of what comes of it
 * @param by the clone's name, empty where the target is the clone itself
 * @param remark what is to be said of the clone, empty for nothing
 * @param fields that the clone overrides
 */
record Edge(String from, String to, Type type, String by, String remark, List<String> fields) {

  enum Type {
    /** A clone makes, or is to make, a copy. */
    CLONE,
    /** A collection has another one's documents as its source. */
    READS,
    /** A taxonomy classifies by what is in a collection. */
    BUILT_ON
  }

  /** Of a line beside an arrow, in letters. */
  static final int WIDTH = 28;

  private static final int MOST_LINES = 5;

  Edge {
    by = TerminalText.label(by, Node.LONGEST_NAME);
    fields = fields.stream().map(f -> TerminalText.label(f, Node.LONGEST_NAME)).toList();
  }

  static Edge of(Node from, Node to, Type type) {
    return new Edge(from.key(), to.key(), type, "", "", List.of());
  }

  /** How the target hangs on what it is shown under. */
  String sentence() {
    String overridden = String.join(", ", fields);
    return switch (type) {
      case READS -> "reads its documents";
      case BUILT_ON -> "is built on it";
      case CLONE ->
          by.isEmpty()
              ? "overrides " + overridden
              : "by clone "
                  + by
                  + (remark.isEmpty() ? "" : " (" + remark + ")")
                  + (overridden.isEmpty() ? "" : ", overrides " + overridden);
    };
  }

  /** The same in lines that fit beside an arrow. */
  List<String> lines() {
    if (type != Type.CLONE) {
      return List.of(type == Type.READS ? "read by" : "basis of");
    }
    List<String> lines = new ArrayList<>(TerminalText.wrap(by, WIDTH, MOST_LINES));
    lines.addAll(TerminalText.wrap(remark, WIDTH, MOST_LINES));
    lines.addAll(TerminalText.wrap(String.join(", ", fields), WIDTH, MOST_LINES));
    return lines;
  }
}
