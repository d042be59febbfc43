package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.graph.Dot;
import com.mixpeek.operator.cli.graph.HtmlPage;
import com.mixpeek.operator.cli.graph.Lineage;
import com.mixpeek.operator.cli.graph.LineageInput;
import com.mixpeek.operator.cli.graph.LineageTracer;
import com.mixpeek.operator.cli.graph.Mermaid;
import com.mixpeek.operator.cli.graph.SvgWriter;
import com.mixpeek.operator.cli.graph.TextTree;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.Inspection;
import com.mixpeek.operator.cli.plan.PlannedAction;
import com.mixpeek.operator.cli.plan.Plans;
import com.mixpeek.operator.cli.remote.Account;
import com.mixpeek.operator.cli.terminal.Terminal;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "graph",
    description = {
      "Show the lineage of collections and taxonomies, with the ID and state of each: of manifests,"
          + " or, with --from-cluster or --from-mixpeek and without -f, of all that a namespace"
          + " has."
    })
final class GraphCommand extends ManifestCommand {

  enum Format {
    text,
    mermaid,
    dot,
    svg,
    html
  }

  private static final String MERMAID_LIMITS =
      "Mermaid draws no more than 500 arrows or 50,000 characters unless its settings maxEdges and"
          + " maxTextSize are raised: where they cannot be, use -o html.";

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "With --from-cluster and without -f: all namespaces.")
  private boolean allNamespaces;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, mermaid, dot, svg, or html for one page to look at.")
  private Format format;

  private boolean findings;

  GraphCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() throws SvgWriter.TooLarge {
    if (!anyFiles() && !fromCluster() && !fromMixpeek()) {
      throw misused(
          "Nothing to show: give manifests with -f, or --from-cluster or --from-mixpeek.");
    }
    if (allNamespaces && (anyFiles() || !fromCluster())) {
      throw misused("-A shows a cluster: use it with --from-cluster and without -f.");
    }
    Lineage lineage =
        anyFiles() ? ofFiles() : account().map(this::ofMixpeek).orElseGet(this::ofCluster);
    if (lineage.isEmpty()) {
      terminal.err().println("There is no Collection, Taxonomy or clone of them to show.");
    }
    write(lineage);
    findings |= lineage.isRefused();
    return exitCode(findings);
  }

  private Lineage ofFiles() {
    Plans plans = plans();
    findings = plans.actions().anyMatch(GraphCommand::isStuck);
    Map<Manifest, String> refused = new HashMap<>();
    for (Finding finding : Inspection.refused(plans)) {
      findings = true;
      terminal.err().println(finding);
      String why = finding.field() + ": " + finding.text();
      refused.merge(finding.manifest(), why, (a, b) -> a + " " + b);
    }
    return LineageTracer.trace(
        LineageInput.ofFiles(plans.of(CatalogKind.COLLECTION), refused),
        LineageInput.ofFiles(plans.of(CatalogKind.TAXONOMY), refused));
  }

  /** Whether a clone creates nothing, neither told so nor done already. */
  private static boolean isStuck(PlannedAction<?, ?> action) {
    return action instanceof PlannedAction.NoOp<?, ?> noOp
        && !noOp.cloneResource().resource().hasTarget()
        && !noOp.isIntended();
  }

  private Lineage ofCluster() {
    return LineageTracer.trace(inCluster(CatalogKind.COLLECTION), inCluster(CatalogKind.TAXONOMY));
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> LineageInput<C, R> inCluster(
      CatalogKind<C, R> kind) {
    String namespace = allNamespaces ? null : namespace();
    return LineageInput.ofCluster(
        kind,
        cluster().list(kind.resourceType(), namespace),
        cluster().list(kind.cloneType(), namespace));
  }

  private Lineage ofMixpeek(Account account) {
    return LineageTracer.trace(
        LineageInput.ofMixpeek(
            CatalogKind.COLLECTION, account.resources(CatalogKind.COLLECTION, namespace())),
        LineageInput.ofMixpeek(
            CatalogKind.TAXONOMY, account.resources(CatalogKind.TAXONOMY, namespace())));
  }

  private void write(Lineage lineage) throws SvgWriter.TooLarge {
    // The library looks whether there are fonts, for which some desktops would open a window.
    System.setProperty("java.awt.headless", "true");
    switch (format) {
      case mermaid -> {
        String text = Mermaid.write(lineage);
        terminal.out().print(text);
        if (Mermaid.isTooLarge(lineage, text)) {
          terminal.err().println(MERMAID_LIMITS);
        }
      }
      case dot -> terminal.out().print(Dot.write(lineage));
      case svg -> terminal.out().print(SvgWriter.svg(lineage));
      case html -> terminal.out().print(HtmlPage.write(lineage));
      default -> terminal.out().print(TextTree.write(lineage, terminal::styled));
    }
  }
}
