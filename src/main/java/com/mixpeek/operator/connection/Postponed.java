package com.mixpeek.operator.connection;

import java.time.Instant;

/** A request was not sent, as others are to be sent before it. */
public final class Postponed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Instant until;

  Postponed(Instant until) {
    super("The request waits until " + until + ".", null, false, false);
    this.until = until;
  }

  /** When to ask again, which is an estimate. */
  public Instant until() {
    return until;
  }
}
