package com.mixpeek.operator.cli;

import com.mixpeek.operator.cli.diff.DiffEntry;
import com.mixpeek.operator.cli.diff.Drift;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.List;

/** Diffs for a person at a terminal. */
final class DiffText {

  private final Terminal terminal;
  private final int context;

  DiffText(Terminal terminal, int context) {
    this.terminal = terminal;
    this.context = context;
  }

  void print(List<DiffEntry> entries, List<Finding> findings) {
    boolean first = true;
    for (DiffEntry entry : entries) {
      if (entry.unmade() != null) {
        terminal.err().println(entry.unmade());
        continue;
      }
      if (!first) {
        terminal.out().println();
      }
      first = false;
      terminal.out().println(terminal.styled("bold", TerminalText.escape(entry.summary())));
      if (entry.diff() != null) {
        entry.diff().unified(context).forEach(line -> terminal.out().println(coloured(line)));
      } else {
        for (Drift drift : entry.since().drifts()) {
          terminal.out().println("  " + TerminalText.escape(drift.toString()));
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
