package com.mixpeek.operator.cli.diff;

import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.List;

/** Diffs for a person at a terminal. */
public final class DiffText {

  private final Terminal terminal;
  private final int context;

  public DiffText(Terminal terminal, int context) {
    this.terminal = terminal;
    this.context = context;
  }

  public void print(List<DiffEntry> entries, List<Finding> findings) {
    boolean first = true;
    for (DiffEntry entry : entries) {
      if (entry instanceof DiffEntry.CreatesNothing nothing) {
        terminal.err().println(nothing.finding());
      } else if (entry instanceof DiffEntry.Comparison comparison) {
        if (!first) {
          terminal.out().println();
        }
        first = false;
        terminal.out().println(terminal.styled("bold", TerminalText.escape(entry.summary())));
        for (String line : comparison.lines(context)) {
          terminal
              .out()
              .println(
                  entry instanceof DiffEntry.WouldCreate
                      ? coloured(line)
                      : "  " + TerminalText.escape(line));
        }
      }
    }
    findings.forEach(terminal.err()::println);
  }

  private String coloured(String line) {
    if (line.startsWith("---") || line.startsWith("+++")) {
      return terminal.styled("bold", line);
    }
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '+' -> terminal.styled("green", line);
      case '-' -> terminal.styled("red", line);
      case '@' -> terminal.styled("cyan", line);
      default -> line;
    };
  }
}
