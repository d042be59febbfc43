package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CloneResource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers since when clones wait for their target's ID, so that only a long wait is reported. */
final class PendingGracePeriod {

  private final Duration moment;
  private final Clock clock;
  private final Map<String, Instant> since = new ConcurrentHashMap<>();

  PendingGracePeriod(Duration moment, Clock clock) {
    this.moment = moment;
    this.clock = clock;
  }

  /**
   * How much of the moment is left to a clone that waits.
   *
   * @return empty if it does not wait, or has waited long enough for that to be told
   */
  Optional<Duration> left(CloneResource<?> clone, boolean waits) {
    String uid = clone.getMetadata().getUid();
    if (!waits || clone.hasTarget()) {
      since.remove(uid);
      return Optional.empty();
    }
    Instant now = clock.instant();
    since.values().removeIf(start -> start.plus(moment.multipliedBy(100)).isBefore(now));
    Duration left = Duration.between(now, since.computeIfAbsent(uid, u -> now).plus(moment));
    return Optional.of(left).filter(d -> !d.isNegative() && !d.isZero());
  }
}
