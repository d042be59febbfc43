package com.mixpeek.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells how long clones of a kind took. */
final class CloneMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(5),
    Duration.ofHours(1)
  };

  private final Clock clock;
  private final Timer durations;

  /**
   * @param kind the clone's kind
   */
  CloneMetrics(MeterRegistry registry, Clock clock, String kind) {
    this.clock = clock;
    this.durations =
        Timer.builder("mixpeek.clone.duration")
            .description("From a clone's creation to Ready.")
            .tag("kind", kind)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  /** Notes that a clone has become Ready. */
  void ready(HasMetadata clone) {
    Instant created = Instant.parse(clone.getMetadata().getCreationTimestamp());
    Duration took = Duration.between(created, clock.instant());
    durations.record(took.isNegative() ? Duration.ZERO : took);
  }
}
