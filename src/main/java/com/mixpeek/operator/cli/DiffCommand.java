package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.diff.CloneDiff;
import com.mixpeek.operator.cli.diff.DiffEntry;
import com.mixpeek.operator.cli.diff.DiffJson;
import com.mixpeek.operator.cli.diff.DiffMarkdown;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.Inspection;
import com.mixpeek.operator.cli.plan.ManifestSet;
import com.mixpeek.operator.cli.plan.Plan;
import com.mixpeek.operator.cli.plan.Step;
import com.mixpeek.operator.cli.plan.Unmade;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.clone.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how what each clone makes differs from its source. */
@Command(
    name = "diff",
    description = {
      "Show for each clone how what it would make differs from its source; with --from-cluster, for"
          + " one that is made already, how the two have drifted apart since. --from-cluster without"
          + " -f shows all clones of the namespace."
    })
final class DiffCommand implements Callable<Integer> {

  enum Format {
    text,
    json,
    markdown
  }

  @Mixin private InputOptions input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, or markdown to paste into a pull request.")
  private Format format;

  @Option(
      names = {"-U", "--unified"},
      paramLabel = "LINES",
      defaultValue = "3",
      description = "How many unchanged lines to show around changed ones; 3 by default.")
  private int context;

  private final Terminal terminal;

  DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ManifestSet set = input.readOrExport(terminal);
    List<DiffEntry> entries = new ArrayList<>();
    var collections = set.plan(CatalogKind.COLLECTION, input.elsewhere(CatalogKind.COLLECTION));
    var taxonomies = set.plan(CatalogKind.TAXONOMY, input.elsewhere(CatalogKind.TAXONOMY));
    compare(collections, entries);
    compare(taxonomies, entries);
    List<Finding> findings = Inspection.refused(set, collections, taxonomies);
    switch (format) {
      case json -> terminal.out().println(DiffJson.of(entries, findings));
      case markdown -> terminal.out().print(DiffMarkdown.of(entries, findings, context));
      default -> new DiffText(terminal, context).print(entries, findings);
    }
    if (input.unread() > 0) {
      return ExitCode.UNREADABLE;
    }
    boolean any = !findings.isEmpty() || entries.stream().anyMatch(DiffEntry::isFinding);
    if (input.isExport() && entries.isEmpty()) {
      terminal.err().printf("There are no clones in namespace %s.%n", input.namespace());
    } else {
      new Report(terminal).clones(collections, taxonomies);
    }
    return any ? ExitCode.FINDINGS : ExitCode.FINE;
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void compare(
      Plan<C, R> plan, List<DiffEntry> entries) {
    CatalogKind<C, R> kind = plan.kind();
    Unmade<C, R> unmade = new Unmade<>(plan);
    MadeClones<C, R> made = input.fromCluster() ? new MadeClones<>(kind, input.cluster()) : null;
    for (Step<C, R> step : plan.steps()) {
      DiffEntry.Since since = made == null ? null : made.since(step.order());
      if (since != null) {
        entries.add(new DiffEntry(step.order(), null, since, null, false));
      } else if (step.verdict() instanceof Verdict.Create<R> create) {
        CloneDiff diff = CloneDiff.of(kind, step.order().resource(), create.source(), step.made());
        entries.add(new DiffEntry(step.order(), diff, null, null, false));
      } else {
        boolean asWished = Unmade.isAsWished(step.verdict());
        entries.add(new DiffEntry(step.order(), null, null, unmade.finding(step), asWished));
      }
    }
  }
}
