package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CloneResource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps back what a clone would say of a wait for others' IDs until it has lasted a while: as a
 * rule it is over before, and costs no write.
 */
final class PendingGracePeriod {

  private final Duration length;
  private final Clock clock;

  /** Since when clones wait, by their UID. */
  private final Map<String, Instant> since = new ConcurrentHashMap<>();

  PendingGracePeriod(Duration length, Clock clock) {
    this.length = length;
    this.clock = clock;
  }

  /**
   * How long the wait is still to be kept back.
   *
   * @return empty once it is to be reported
   */
  Optional<Duration> left(CloneResource<?> clone) {
    Instant now = clock.instant();
    Instant start = since.computeIfAbsent(clone.getMetadata().getUid(), uid -> now);
    return Optional.of(Duration.between(now, start.plus(length)))
        .filter(left -> !left.isNegative() && !left.isZero());
  }

  /** Forgets a clone that no longer waits. */
  void end(CloneResource<?> clone) {
    since.remove(clone.getMetadata().getUid());
  }
}
