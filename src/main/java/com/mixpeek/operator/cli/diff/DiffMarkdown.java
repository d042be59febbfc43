package com.mixpeek.operator.cli.diff;

import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Diffs as Markdown, as GitHub and GitLab show it: a table, and a diff to unfold for each clone.
 */
public final class DiffMarkdown {

  private static final Pattern TICKS = Pattern.compile("`+");

  private DiffMarkdown() {}

  public static String of(List<DiffEntry> entries, List<Finding> findings, int context) {
    StringBuilder text = new StringBuilder("### What the clones make\n\n");
    boolean several = DiffEntry.ofSeveralNamespaces(entries);
    List<DiffEntry.Comparison> comparisons = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (DiffEntry entry : entries) {
      if (entry instanceof DiffEntry.Comparison comparison) {
        comparisons.add(comparison);
      } else if (entry instanceof DiffEntry.CreatesNothing nothing) {
        problems.add(line(nothing.finding()));
      }
    }
    if (comparisons.isEmpty()) {
      text.append("Nothing: no clone among these manifests makes something.\n");
    } else {
      text.append("| clone | source | makes | changes |\n| --- | --- | --- | --- |\n");
      comparisons.forEach(entry -> text.append(row(entry, entry.prefix(several))));
      comparisons.forEach(entry -> details(entry, entry.prefix(several), context, text));
    }
    findings.forEach(finding -> problems.add(line(finding)));
    if (!problems.isEmpty()) {
      text.append("\n### What makes nothing\n\n").append(String.join("", problems));
    }
    return text.toString();
  }

  private static String row(DiffEntry.Comparison entry, String prefix) {
    return "| %s | %s | %s | %s |%n"
        .formatted(
            code(prefix + entry.cloneResource().name()),
            code(prefix + entry.source()),
            code(prefix + entry.target()),
            changes(entry));
  }

  private static String changes(DiffEntry.Comparison entry) {
    if (entry instanceof DiffEntry.WouldCreate would && !would.changes().isEmpty()) {
      return would.changes().stream()
          .map(change -> code(change.toString()))
          .collect(Collectors.joining("<br>"));
    }
    return escaped(entry.outcome());
  }

  private static void details(
      DiffEntry.Comparison entry, String prefix, int context, StringBuilder text) {
    List<String> lines = entry.lines(context);
    if (!lines.isEmpty()) {
      String body = String.join("\n", lines);
      String fence = "`".repeat(Math.max(3, longestRun(body) + 1));
      String language = entry instanceof DiffEntry.WouldCreate ? "diff" : "";
      text.append(
          "\n<details><summary>%s</summary>\n\n%s%s\n%s\n%2$s\n\n</details>\n"
              .formatted(escaped(prefix + entry.cloneResource().name()), fence, language, body));
    }
  }

  private static String line(Finding finding) {
    String place = code(finding.location().toString());
    return "- %s (%s): %s%n"
        .formatted(code(finding.manifest().toString()), place, escaped(finding.text()));
  }

  /** In a code span nothing is markup, but for the fence itself and the table's bar. */
  private static String code(String text) {
    String line = TerminalText.escape(text.replaceAll("\\s+", " ")).replace("|", "\\|");
    String fence = "`".repeat(longestRun(line) + 1);
    String gap = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return fence + gap + line + gap + fence;
  }

  private static String escaped(String text) {
    return TerminalText.escape(text.replaceAll("\\s+", " "))
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_|\\[\\]~#@])", "\\\\$1");
  }

  private static int longestRun(String text) {
    return TICKS.matcher(text).results().mapToInt(m -> m.end() - m.start()).max().orElse(0);
  }
}
