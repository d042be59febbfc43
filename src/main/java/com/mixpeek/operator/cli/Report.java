package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.Plan;
import com.mixpeek.operator.cli.plan.Step;
import com.mixpeek.operator.cli.plan.Unmade;
import com.mixpeek.operator.cli.terminal.Terminal;
import java.util.Arrays;

/** Tells findings on standard error, a line each, and remembers whether there were any. */
final class Report {

  private final Terminal terminal;
  private boolean findings;

  Report(Terminal terminal) {
    this.terminal = terminal;
  }

  void finding(Finding finding) {
    findings = true;
    terminal.err().println(finding);
  }

  /** Tells why a clone makes nothing. That it was told to wait, or is done, is no finding. */
  <C extends CloneResource<?>, R extends CatalogResource<?>> void unmade(
      Unmade<C, R> unmade, Step<C, R> step) {
    findings |= !Unmade.isAsWished(step.verdict());
    terminal.err().println(unmade.finding(step));
  }

  /** Tells if there are no clones at all, for then nothing else is told. */
  void clones(Plan<?, ?>... plans) {
    if (Arrays.stream(plans).allMatch(plan -> plan.steps().isEmpty())) {
      terminal.err().println("There is no clone among these manifests.");
    }
  }

  int exitCode() {
    return findings ? ExitCode.FINDINGS : ExitCode.FINE;
  }
}
