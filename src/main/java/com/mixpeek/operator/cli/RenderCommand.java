package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.YamlWriter;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.Inspection;
import com.mixpeek.operator.cli.plan.Plan;
import com.mixpeek.operator.cli.plan.PlannedAction;
import com.mixpeek.operator.cli.plan.Plans;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "render",
    description =
        "Print each Collection and Taxonomy that the clones would make, as YAML that kubectl apply takes.")
final class RenderCommand extends ManifestCommand {

  RenderCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    Plans plans = plans();
    boolean complete = true;
    for (Plan<?, ?> plan : plans.all()) {
      complete &= render(plans, plan);
    }
    // What can be read already is not kept waiting while the rules of the CRDs are loaded.
    terminal.out().flush();
    if (unread() == 0 && plans.actions().findAny().isEmpty()) {
      terminal.err().println(DiffCommand.NO_CLONES);
    }
    List<Finding> refused = Inspection.refused(plans);
    refused.forEach(terminal.err()::println);
    return exitCode(!complete || !refused.isEmpty());
  }

  /** Tells whether all clones create something that should. */
  private <C extends CloneResource<?>, R extends CatalogResource<?>> boolean render(
      Plans plans, Plan<C, R> plan) {
    boolean complete = true;
    for (PlannedAction<C, R> action : plan.actions()) {
      if (action instanceof PlannedAction.Create<C, R> create) {
        terminal.out().printf("---%n# %s%n", TerminalText.escape(comment(plan, create)));
        for (Reference reference : create.target().references()) {
          String id =
              plans.known(create.target(), reference).orElse("the ID of " + reference.target());
          String text = "%s is resolved to %s.".formatted(reference.field(), id);
          terminal.out().printf("# %s%n", TerminalText.escape(text));
        }
        terminal.out().print(YamlWriter.write(plan.manifest(create)));
      } else if (action instanceof PlannedAction.NoOp<C, R> noOp) {
        complete &= noOp.isIntended();
        terminal.err().println(noOp.finding());
      }
    }
    return complete;
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> String comment(
      Plan<C, R> plan, PlannedAction.Create<C, R> create) {
    Manifest clone = create.cloneResource().manifest();
    R source = create.source();
    String name = source.getKind() + " " + create.sourceName(plan.kind());
    return "%s (%s) makes this of %s (%s)."
        .formatted(clone, clone.location(), name, plan.origin(source));
  }
}
