package com.mixpeek.operator.cli.graph;

import com.mixpeek.operator.cli.cluster.Health;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;

/**
 * A thing in the lineage.
 *
 * @param key tells it from all others of the lineage, a letter and a number
 * @param kind as {@code kubectl} names it
 * @param namespace where several are shown, else empty
 * @param name {@code metadata.name}, empty where it is not known
 * @param catalogName the catalog name, for a clone the one that it wants; empty where not known
 * @param id the ID, or why there is none; empty where there is nothing to be said
 * @param state a reason of the status, or where the thing stands
 * @param note a sentence on the state, empty where it speaks for itself
 */
record Node(
    String key,
    Role role,
    String kind,
    String namespace,
    String name,
    String catalogName,
    String id,
    String state,
    Health health,
    String note) {

  /** What part a thing plays. */
  enum Role {
    /** A Collection or Taxonomy that no clone made. */
    SOURCE,
    /** A Collection or Taxonomy that a clone made, or is to make. */
    COPY,
    /** A clone that has made nothing. */
    CLONE,
    /** What others point at, and nothing more is known of. */
    EXTERNAL
  }

  /** In code points: as long as a Kubernetes name can be. */
  static final int LONGEST_NAME = 253;

  private static final int LONGEST_NOTE = 2000;

  private static final int WIDTH = 44;
  private static final int MOST_LINES = 8;

  Node {
    name = TerminalText.label(name, LONGEST_NAME);
    catalogName = TerminalText.label(catalogName, LONGEST_NAME);
    id = TerminalText.label(id, LONGEST_NAME);
    state = TerminalText.label(state, LONGEST_NAME);
    note = TerminalText.label(note, LONGEST_NOTE);
  }

  /** {@code Collection product-embeddings}, by what is known of its names. */
  String title() {
    String known = !name.isEmpty() ? name : !catalogName.isEmpty() ? catalogName : id;
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + known;
  }

  /** Catalog name, ID and state, as far as they are known and not said by the title. */
  List<String> facts() {
    List<String> facts = new ArrayList<>();
    if (!catalogName.isEmpty() && !name.isEmpty()) {
      facts.add(role == Role.CLONE ? "wants " + catalogName : catalogName);
    }
    if (!id.isEmpty() && !(name.isEmpty() && catalogName.isEmpty())) {
      facts.add(id);
    }
    facts.add(state);
    return facts;
  }

  /** All of it, title first, in lines that fit into a box. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(TerminalText.wrap(title(), WIDTH, MOST_LINES));
    facts().forEach(fact -> lines.addAll(TerminalText.wrap(fact, WIDTH, MOST_LINES)));
    lines.addAll(TerminalText.wrap(note, WIDTH, MOST_LINES));
    return lines;
  }
}
