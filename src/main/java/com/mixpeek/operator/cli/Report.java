package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.plan.Finding;
import com.mixpeek.operator.plan.Step;

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
  void unmade(Step<?, ?> step) {
    Finding finding = Verdicts.finding(step);
    boolean asWished =
        step.verdict() instanceof Verdict.Unmade<?> unmade && unmade.reason() == Reason.Suspended
            || step.verdict() instanceof Verdict.Made<?> made && made.reason().ready();
    findings |= !asWished;
    terminal.err().println(finding);
  }

  int exitCode() {
    return findings ? ExitCode.FINDINGS : ExitCode.FINE;
  }
}
