package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How many clones of a kind have which reason, and how long they took. The label sets are bounded:
 * kind is one of two, reason one of the enum or {@code Unseen}.
 */
final class CloneMetrics {

  private static final String UNSEEN = "Unseen";

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
   * @param counts gives the number of clones by reason, under {@code ""} those without one; called
   *     when metrics are read
   */
  CloneMetrics(
      MeterRegistry registry, Clock clock, String kind, Supplier<Map<String, Long>> counts) {
    this.clock = clock;
    this.durations =
        Timer.builder("mixpeek.clone.duration")
            .description("From a clone's creation to Ready.")
            .tag("kind", kind)
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    gauge(registry, kind, UNSEEN, "", counts);
    for (Reason reason : Reason.values()) {
      if (reason.ordinal() < Reason.Assigned.ordinal()) {
        gauge(registry, kind, reason.name(), reason.name(), counts);
      }
    }
  }

  private static void gauge(
      MeterRegistry registry,
      String kind,
      String label,
      String reason,
      Supplier<Map<String, Long>> counts) {
    Gauge.builder("mixpeek.clones", () -> counts.get().getOrDefault(reason, 0L))
        .description("Clones by the reason of their Ready condition.")
        .tag("kind", kind)
        .tag("reason", label)
        .strongReference(true)
        .register(registry);
  }

  /** Notes that a clone has become Ready. */
  void ready(HasMetadata clone) {
    Instant created = Instant.parse(clone.getMetadata().getCreationTimestamp());
    Duration took = Duration.between(created, clock.instant());
    durations.record(took.isNegative() ? Duration.ZERO : took);
  }
}
