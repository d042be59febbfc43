package com.mixpeek.operator.cli.status.live;

import java.time.Duration;
import java.time.Instant;

/**
 * Remembers since when there is no connection: a watch that ends in time and is renewed is none.
 */
final class Connection {

  private static final Duration RENEWAL = Duration.ofSeconds(3);

  private Instant lost;

  /**
   * Since when there is no connection; null while there is one.
   *
   * @param connected whether there is one now
   */
  Instant lost(boolean connected, Instant now) {
    if (connected) {
      lost = null;
    } else if (lost == null) {
      lost = now;
    }
    return lost == null || lost.plus(RENEWAL).isAfter(now) ? null : lost;
  }
}
