package com.mixpeek.operator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.cli.manifest.Location;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.Inspection;
import com.mixpeek.operator.cli.plan.Plans;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    description = {
      "Check manifests against the CRDs, in the API server's words, and then what"
          + " only all of them together show.",
      "With --from-cluster, a manifest of what the cluster has is checked as an update of it: what"
          + " may not be changed any more is named too."
    })
final class ValidateCommand extends ManifestCommand {

  enum Format {
    text,
    json,
    github
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, or github for annotations in a GitHub workflow.")
  private Format format;

  ValidateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    Plans plans = plans();
    List<Finding> findings = Inspection.of(plans, lister());
    switch (format) {
      case json -> json(findings);
      case github -> findings.forEach(this::annotation);
      default -> text(findings, plans.manifests().manifests().size());
    }
    return exitCode(!findings.isEmpty());
  }

  private void text(List<Finding> findings, int manifests) {
    PrintStream out = terminal.out();
    for (Finding finding : findings) {
      String place = TerminalText.escape(finding.location().toString());
      String field = TerminalText.escape(finding.field());
      out.printf(
          "%s: %s: %s%s%n",
          terminal.styled("bold", place),
          TerminalText.escape(finding.manifest().toString()),
          field.isEmpty() ? "" : terminal.styled("red", field) + ": ",
          TerminalText.escape(finding.text()));
    }
    String unread = unread() == 0 ? "" : ", " + count(unread(), "unreadable input");
    out.printf(
        "%s, %s%s.%n", count(manifests, "manifest"), count(findings.size(), "finding"), unread);
  }

  private void json(List<Finding> findings) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (Finding finding : findings) {
      Location at = finding.location();
      ObjectNode item = list.addObject();
      item.put("file", at.file()).put("line", at.line()).put("column", at.column());
      item.put("kind", finding.manifest().kind()).put("name", finding.manifest().name());
      item.put("namespace", finding.manifest().namespace());
      item.put("field", finding.field()).put("message", finding.text());
    }
    terminal.out().println(list.toPrettyString());
  }

  /** A workflow command, in whose properties commas and colons have a meaning. */
  private void annotation(Finding finding) {
    Location at = finding.location();
    String file = data(at.file()).replace(":", "%3A").replace(",", "%2C");
    String text = data("%s: %s: %s".formatted(finding.manifest(), finding.field(), finding.text()));
    String command = "::error file=%s,line=%d,col=%d::%s";
    terminal.out().println(command.formatted(file, at.line(), at.column(), text));
  }

  private static String data(String text) {
    return TerminalText.escape(text).replace("%", "%25");
  }

  private static String count(int number, String what) {
    return (number == 0 ? "no" : number) + " " + what + (number == 1 ? "" : "s");
  }
}
