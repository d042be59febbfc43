package com.mixpeek.operator.cli.status;

import com.mixpeek.operator.cli.cluster.Health;
import com.mixpeek.operator.cli.terminal.StyledLine;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Columns of clones, and below each clone that is not done what it waits for. */
final class Table {

  private static final String GAP = "   ";
  private static final String INDENT = "    ";

  /** Less is no use for a sentence. */
  private static final int NARROWEST = 20;

  private record Column(String heading, int width, Function<CloneRow, String> cell) {}

  private final List<Column> columns = new ArrayList<>();
  private final int width;
  private final Instant now;

  /**
   * @param rows those that the columns have to have room for
   * @param namespaces whether to show their namespaces
   * @param width of the terminal, 0 if there is none; what is least of use is left out for it
   */
  Table(Collection<CloneRow> rows, boolean namespaces, int width, Instant now) {
    this.width = width;
    this.now = now;
    if (namespaces) {
      add(rows, "NAMESPACE", CloneRow::namespace);
    }
    add(rows, "NAME", CloneRow::qualifiedName);
    add(rows, "SOURCE", CloneRow::source);
    add(rows, "TARGET", CloneRow::target);
    add(rows, "ID", CloneRow::id);
    add(rows, "REASON", r -> r.seen() ? r.reason() : "<not seen>");
    add(rows, "SINCE", r -> Age.of(r.since(), now));
    for (String dispensable : List.of("TARGET", "SOURCE", "ID")) {
      if (width > 0 && width() > width) {
        columns.removeIf(c -> c.heading().equals(dispensable));
      }
    }
  }

  private void add(Collection<CloneRow> rows, String heading, Function<CloneRow, String> text) {
    Function<CloneRow, String> cell = text.andThen(t -> t.isEmpty() ? "-" : t);
    int widest = rows.stream().map(cell).mapToInt(TerminalText::width).max().orElse(0);
    columns.add(new Column(heading, Math.max(widest, heading.length()), cell));
  }

  private int width() {
    return columns.stream().mapToInt(Column::width).sum() + (columns.size() - 1) * GAP.length();
  }

  StyledLine heading() {
    StringBuilder line = new StringBuilder();
    columns.forEach(c -> line.append(TerminalText.pad(c.heading(), c.width())).append(GAP));
    return StyledLine.styled("bold", line.toString().stripTrailing());
  }

  StyledLine row(CloneRow row) {
    StringBuilder line = new StringBuilder();
    int from = 0;
    int to = 0;
    for (Column column : columns) {
      String cell = column.cell().apply(row);
      if (column.heading().equals("REASON")) {
        from = line.length();
        to = from + cell.length();
      }
      line.append(TerminalText.pad(cell, column.width())).append(GAP);
    }
    return new StyledLine(line.toString().stripTrailing(), from, to, row.health().style);
  }

  /** What the clone waits for, as wide as the terminal; nothing of one that is done. */
  List<StyledLine> explanation(CloneRow row) {
    if (row.health() == Health.HEALTHY) {
      return List.of();
    }
    int room = width == 0 ? Integer.MAX_VALUE : Math.max(NARROWEST, width - INDENT.length());
    return TerminalText.wrap(row.explanation(now), room).stream()
        .map(l -> StyledLine.plain(INDENT + l))
        .toList();
  }

  /** The whole of it, in the order of urgency, with a summary. */
  List<StyledLine> lines(Collection<CloneRow> rows) {
    List<StyledLine> lines = new ArrayList<>(List.of(heading()));
    for (CloneRow row : rows.stream().sorted(CloneRow.URGENT_FIRST).toList()) {
      lines.add(row(row));
      lines.addAll(explanation(row));
    }
    lines.add(StyledLine.plain(""));
    lines.add(StyledLine.plain(new Summary(rows).sentence()));
    return lines;
  }
}
