package com.mixpeek.operator.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A request was not sent, as others are to be sent before it. */
public final class Postponed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration left;

  /**
   * @param left in how long to ask again, more than nothing
   */
  public Postponed(Duration left) {
    super("The request waits for its turn, for " + left + ".", null, false, false);
    this.left = left;
  }

  /** In how long to ask again, which is an estimate, and more than nothing. */
  public Duration left() {
    return left;
  }

  /** Until when it waits, in whole minutes, as nobody is to be told anew each second. */
  public Instant minute(Instant now) {
    return now.plus(left).truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
  }
}
