package com.mixpeek.operator.cli.status;

import com.mixpeek.operator.cli.cluster.Health;
import com.mixpeek.operator.cli.terminal.StyledLine;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a terminal shows of clones on their way: how far they are, those that are not done with what
 * they wait for, and of those that are done the latest. Never larger than the terminal.
 *
 * @param width of the terminal
 * @param height of the terminal
 */
record Dashboard(String title, boolean namespaces, int width, int height, Instant now) {

  private static final int WIDEST_BAR = 40;
  private static final Comparator<CloneRow> LATEST_FIRST =
      Comparator.comparing(
              CloneRow::since, Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
          .thenComparing(CloneRow.URGENT_FIRST);

  /**
   * @param trouble what to say of the connection; empty if nothing
   */
  List<StyledLine> lines(Collection<CloneRow> rows, String trouble) {
    List<StyledLine> lines = new ArrayList<>();
    lines.add(StyledLine.styled("bold", title));
    lines.add(progress(rows));
    if (!trouble.isEmpty()) {
      TerminalText.wrap(trouble, Math.max(1, width))
          .forEach(l -> lines.add(StyledLine.styled("red", l)));
    }
    if (!rows.isEmpty()) {
      lines.add(StyledLine.plain(""));
      body(rows, lines);
    }
    return lines.stream().limit(height).map(l -> l.cut(width)).toList();
  }

  private StyledLine progress(Collection<CloneRow> rows) {
    Summary summary = new Summary(rows);
    long done = summary.count(Health.HEALTHY);
    String counts = "%d of %d cloned".formatted(done, rows.size());
    String open = summary.open();
    String words = open.isEmpty() ? counts + "." : counts + ", " + open + ".";
    int room = Math.min(WIDEST_BAR, width - TerminalText.width(words) - 3);
    if (room < 5) {
      return StyledLine.plain(words);
    }
    int filled = rows.isEmpty() ? 0 : (int) (room * done / rows.size());
    String bar = "[" + "#".repeat(filled) + ".".repeat(room - filled) + "] ";
    return new StyledLine(bar + words, 1, 1 + filled, filled == 0 ? "" : Health.HEALTHY.style);
  }

  private void body(Collection<CloneRow> rows, List<StyledLine> lines) {
    Table table = new Table(rows, namespaces, width, now);
    lines.add(table.heading());
    List<CloneRow> open = new ArrayList<>(rows);
    open.removeIf(row -> row.health() == Health.HEALTHY);
    open.sort(CloneRow.URGENT_FIRST);
    List<CloneRow> done = new ArrayList<>(rows);
    done.removeIf(row -> row.health() != Health.HEALTHY);
    done.sort(LATEST_FIRST);
    // A line at the end tells what is left out.
    int room = height - lines.size() - 1;
    int shown = open(open, table, room, lines);
    if (shown < open.size()) {
      lines.add(folded(open.size() - shown, "not done", open.size()));
      return;
    }
    room = height - lines.size();
    shown = done.size() <= room ? done.size() : Math.max(0, room - 1);
    done.stream().limit(shown).forEach(row -> lines.add(table.row(row)));
    if (shown < done.size()) {
      lines.add(folded(done.size() - shown, "cloned", done.size()));
    }
  }

  /**
   * Tells what they wait for, once where that is the same, as long as half of the room is left for
   * the others, or these need less.
   *
   * @return how many are shown
   */
  private int open(List<CloneRow> open, Table table, int room, List<StyledLine> lines) {
    int end = lines.size() + room;
    int spare = Math.max(room - open.size(), room / 2);
    Set<String> told = new HashSet<>();
    int shown = 0;
    for (CloneRow row : open) {
      List<StyledLine> explanation =
          spare > 0 && told.add(row.explanation(now)) ? table.explanation(row) : List.of();
      explanation = first(Math.min(spare, end - lines.size() - 1), explanation);
      if (lines.size() >= end) {
        break;
      }
      lines.add(table.row(row));
      lines.addAll(explanation);
      spare -= explanation.size();
      shown++;
    }
    return shown;
  }

  private static List<StyledLine> first(int number, List<StyledLine> lines) {
    if (lines.size() <= number) {
      return lines;
    }
    List<StyledLine> first = new ArrayList<>(lines.subList(0, Math.max(0, number)));
    if (!first.isEmpty()) {
      first.set(first.size() - 1, first.get(first.size() - 1).ending("…"));
    }
    return first;
  }

  private static StyledLine folded(int number, String what, int all) {
    String more = number == all ? "" : " more";
    return StyledLine.styled("faint", "… and %d%s %s.".formatted(number, more, what));
  }
}
