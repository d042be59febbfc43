package com.mixpeek.operator.cli.diff;

import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Diffs as Markdown, as GitHub and GitLab show it: a table, and a diff to unfold for each clone.
 */
public final class DiffMarkdown {

  private DiffMarkdown() {}

  public static String of(List<DiffEntry> entries, List<Finding> findings, int context) {
    StringBuilder text = new StringBuilder("### What the clones make\n\n");
    List<DiffEntry> made = entries.stream().filter(e -> e.unmade() == null).toList();
    if (made.isEmpty()) {
      text.append("Nothing: no clone among these manifests makes something.\n");
    } else {
      text.append("| clone | source | makes | changes |\n| --- | --- | --- | --- |\n");
      made.forEach(entry -> text.append(row(entry)));
      made.forEach(entry -> details(entry, context, text));
    }
    List<String> problems = new ArrayList<>();
    entries.stream().filter(e -> e.unmade() != null).forEach(e -> problems.add(line(e.unmade())));
    findings.forEach(finding -> problems.add(line(finding)));
    if (!problems.isEmpty()) {
      text.append("\n### What makes nothing\n\n").append(String.join("", problems));
    }
    return text.toString();
  }

  private static String row(DiffEntry entry) {
    boolean would = entry.diff() != null;
    String source = would ? entry.diff().source() : entry.since().source();
    String target = would ? entry.diff().target() : entry.since().target();
    String summary = entry.summary();
    return "| %s | %s | %s | %s |%n"
        .formatted(
            code(entry.name()),
            code(source),
            code(target),
            would ? changes(entry) : escaped(summary.substring(summary.indexOf(": ") + 2)));
  }

  private static String changes(DiffEntry entry) {
    return entry.diff().changes().isEmpty()
        ? entry.diff().changed()
        : entry.diff().changes().stream()
            .map(change -> code(change.toString()))
            .collect(Collectors.joining("<br>"));
  }

  private static void details(DiffEntry entry, int context, StringBuilder text) {
    List<String> lines =
        entry.diff() != null
            ? entry.diff().unified(context)
            : entry.since().drifts().stream().map(Drift::toString).toList();
    if (!lines.isEmpty()) {
      String body = String.join("\n", lines);
      String fence = "`".repeat(Math.max(3, longestRun(body) + 1));
      text.append("\n<details><summary>")
          .append(escaped(entry.name()))
          .append("</summary>\n\n")
          .append(fence)
          .append(entry.diff() != null ? "diff\n" : "\n")
          .append(body)
          .append("\n")
          .append(fence)
          .append("\n\n</details>\n");
    }
  }

  private static String line(Finding finding) {
    return "- %s (%s): %s%n"
        .formatted(
            code(finding.manifest().toString()),
            code(finding.location().toString()),
            escaped(finding.message()));
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
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
