package com.mixpeek.operator.cli.diff;

import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.io.PrintStream;
import java.util.List;

/** Diffs for a person at a terminal. */
public record DiffText(Terminal terminal, int context) {

  public void print(List<DiffEntry> entries, List<Finding> findings) {
    PrintStream out = terminal.out();
    boolean several = DiffEntry.ofSeveralNamespaces(entries);
    boolean first = true;
    for (DiffEntry entry : entries) {
      if (entry instanceof DiffEntry.CreatesNothing nothing) {
        terminal.err().println(nothing.finding());
      } else if (entry instanceof DiffEntry.Comparison comparison) {
        if (!first) {
          out.println();
        }
        first = false;
        out.println(
            terminal.styled(
                "bold", TerminalText.escape(comparison.summary(entry.prefix(several)))));
        boolean diff = entry instanceof DiffEntry.WouldCreate;
        for (String line : comparison.lines(context)) {
          out.println(diff ? coloured(line) : "  " + TerminalText.escape(line));
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
