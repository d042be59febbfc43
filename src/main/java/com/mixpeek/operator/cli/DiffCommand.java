package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.diff.DiffEntry;
import com.mixpeek.operator.cli.diff.DiffJson;
import com.mixpeek.operator.cli.diff.DiffMarkdown;
import com.mixpeek.operator.cli.diff.DiffText;
import com.mixpeek.operator.cli.diff.DriftDetector;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.Inspection;
import com.mixpeek.operator.cli.plan.Plan;
import com.mixpeek.operator.cli.plan.PlannedAction;
import com.mixpeek.operator.cli.plan.Plans;
import com.mixpeek.operator.cli.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "diff",
    description = {
      "Show for each clone how what it would make differs from its source; with --from-cluster, for"
          + " one that is made already, how the two have drifted apart since. --from-cluster without"
          + " -f shows all clones of the namespace."
    })
final class DiffCommand extends ManifestCommand {

  enum Format {
    text,
    json,
    markdown
  }

  static final String NO_CLONES = "There is no clone among these manifests.";

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

  DiffCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    if (context < 0) {
      throw misused("-U is a number of lines: give 0 or more.");
    }
    Plans plans = plansOrExport();
    List<DiffEntry> entries = plans.all().stream().flatMap(plan -> entries(plan)).toList();
    List<Finding> findings = Inspection.refused(plans);
    switch (format) {
      case json -> terminal.out().println(DiffJson.of(entries, findings, context));
      case markdown -> terminal.out().print(DiffMarkdown.of(entries, findings, context));
      default -> new DiffText(terminal, context).print(entries, findings);
    }
    if (unread() == 0 && entries.isEmpty()) {
      String none = "There are no clones in namespace %s.";
      terminal.err().println(isExport() ? none.formatted(namespace()) : NO_CLONES);
    }
    return exitCode(!findings.isEmpty() || entries.stream().anyMatch(DiffEntry::isFinding));
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> Stream<DiffEntry> entries(
      Plan<C, R> plan) {
    Optional<DriftDetector> drift = lister().map(DriftDetector::new);
    return plan.actions().stream()
        .map(
            action ->
                drift
                    .flatMap(d -> d.detect(plan.kind(), action.cloneResource()))
                    .map(DiffEntry.class::cast)
                    .orElseGet(() -> entry(plan.kind(), action)));
  }

  private static DiffEntry entry(CatalogKind<?, ?> kind, PlannedAction<?, ?> action) {
    return action instanceof PlannedAction.Create<?, ?> create
        ? DiffEntry.WouldCreate.of(kind, create)
        : new DiffEntry.CreatesNothing((PlannedAction.NoOp<?, ?>) action);
  }
}
