package com.mixpeek.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What a command printed, and its exit code. */
public record CommandResult(int exit, String out, String err) {

  /** What was printed; fails where the command did. */
  public String ok() {
    assertThat(exit).as("%s%s", out, err).isZero();
    return out;
  }

  /** The lines that were printed; fails where the command did. */
  public List<String> lines() {
    return ok().lines().toList();
  }
}
