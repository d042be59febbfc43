package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.manifest.YamlWriter;
import com.mixpeek.operator.cli.plan.Entry;
import com.mixpeek.operator.cli.plan.Inspection;
import com.mixpeek.operator.cli.plan.ManifestSet;
import com.mixpeek.operator.cli.plan.Plan;
import com.mixpeek.operator.cli.plan.Step;
import com.mixpeek.operator.cli.plan.Unmade;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.cli.terminal.TerminalText;
import com.mixpeek.operator.clone.Verdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what the clones among some manifests would make. */
@Command(
    name = "render",
    description =
        "Print each Collection and Taxonomy that the clones would make, as YAML that kubectl apply takes.")
final class RenderCommand implements Callable<Integer> {

  @Mixin private InputOptions input;

  private final Terminal terminal;

  RenderCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ManifestSet set = input.read(terminal);
    Report report = new Report(terminal);
    var collections = set.plan(CatalogKind.COLLECTION, input.elsewhere(CatalogKind.COLLECTION));
    var taxonomies = set.plan(CatalogKind.TAXONOMY, input.elsewhere(CatalogKind.TAXONOMY));
    render(collections, report);
    render(taxonomies, report);
    // What can be read already is not kept waiting while the rules of the CRDs are loaded.
    terminal.out().flush();
    if (input.unread() == 0) {
      report.clones(collections, taxonomies);
    }
    Inspection.refused(set, collections, taxonomies).forEach(report::finding);
    return input.unread() > 0 ? ExitCode.UNREADABLE : report.exitCode();
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void render(
      Plan<C, R> plan, Report report) {
    Unmade<C, R> unmade = new Unmade<>(plan);
    for (Step<C, R> step : plan.steps()) {
      if (step.verdict() instanceof Verdict.Create<R> create) {
        String origin = origin(plan, step, create.source());
        terminal.out().printf("---%n# %s%n", TerminalText.escape(origin));
        terminal.out().print(YamlWriter.write(plan.manifest(step)));
      } else {
        report.unmade(unmade, step);
      }
    }
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> String origin(
      Plan<C, R> plan, Step<C, R> step, R source) {
    Entry<R> entry = plan.entry(source);
    String where =
        entry == null
            ? "made by " + plan.maker(source).manifest()
            : entry.manifest() == null ? "in the cluster" : entry.manifest().location().toString();
    return "%s (%s) makes this of %s %s (%s)."
        .formatted(
            step.order().manifest(),
            step.order().manifest().location(),
            source.getKind(),
            source.getMetadata().getName(),
            where);
  }
}
