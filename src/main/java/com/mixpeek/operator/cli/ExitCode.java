package com.mixpeek.operator.cli;

/** What the command line's exit codes mean, to scripts. */
final class ExitCode {

  /** All is fine. */
  static final int FINE = 0;

  /** Something was found that a person should look at. */
  static final int FINDINGS = 1;

  /** The command line is wrong, an input cannot be read, or output cannot be written. */
  static final int UNREADABLE = 2;

  private ExitCode() {}
}
