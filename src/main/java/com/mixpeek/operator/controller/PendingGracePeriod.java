package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CloneResource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps back what a clone would say of a wait for others' IDs until it has lasted a while: as a
 * rule it is over before, and costs no write.
 */
final class PendingGracePeriod {

  private final Duration length;

  /** Since when clones wait, by their UID, in nanoseconds: the time of day may be set back. */
  private final Map<String, Long> since = new ConcurrentHashMap<>();

  PendingGracePeriod(Duration length) {
    this.length = length;
  }

  /**
   * How long the wait is still to be kept back.
   *
   * @return empty once it is to be reported
   */
  Optional<Duration> left(CloneResource<?> clone) {
    long now = System.nanoTime();
    long start = since.computeIfAbsent(clone.getMetadata().getUid(), uid -> now);
    return Optional.of(length.minusNanos(now - start))
        .filter(left -> !left.isNegative() && !left.isZero());
  }

  /** Forgets a clone that no longer waits. */
  void end(CloneResource<?> clone) {
    since.remove(clone.getMetadata().getUid());
  }
}
