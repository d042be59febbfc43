package com.mixpeek.operator.cli.status;

import com.mixpeek.operator.cli.cluster.Health;
import com.mixpeek.operator.cli.terminal.StyledLine;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Clones as they are after the changes so far, and the ways to show them. */
public final class StatusView {

  private final Selection selection;
  private final Map<String, CloneRow> rows = new LinkedHashMap<>();

  public StatusView(Selection selection) {
    this.selection = selection;
  }

  /** Takes a clone in as it is now; tells whether that changes anything that is shown. */
  public boolean put(CloneRow row) {
    return selection.selects(row) && !row.equals(rows.put(key(row), row));
  }

  /** Tells whether it was there. */
  public boolean remove(CloneRow row) {
    return rows.remove(key(row)) != null;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Whether nothing becomes of some clone until a person acts. */
  public boolean needYou() {
    return rows.values().stream().anyMatch(r -> r.health() == Health.DEGRADED);
  }

  /** A sentence for each clone that was asked after by name and is not there. */
  public Stream<String> missing() {
    return selection.missing(rows.values());
  }

  /**
   * All of them, with what they wait for.
   *
   * @param width of the terminal, 0 if there is none
   */
  public List<StyledLine> table(int width, Instant now) {
    return rows.isEmpty()
        ? List.of(StyledLine.plain(selection.none()))
        : new Table(rows.values(), selection.allNamespaces(), width, now).lines(rows.values());
  }

  /**
   * What fits on a terminal of that size.
   *
   * @param trouble what to say of the connection; empty if nothing
   */
  public List<StyledLine> dashboard(int width, int height, Instant now, String trouble) {
    return new Dashboard(selection.title(), selection.allNamespaces(), width, height, now)
        .lines(rows.values(), trouble);
  }

  public String json(Instant now) {
    return StatusJson.document(rows.values(), now);
  }

  private static String key(CloneRow row) {
    return row.namespace() + "/" + row.qualifiedName();
  }
}
