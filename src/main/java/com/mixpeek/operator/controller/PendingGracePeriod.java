package com.mixpeek.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps back what a resource would say of a wait for others' IDs until it has lasted a while: as a
 * rule it is over before, and costs no write.
 */
final class PendingGracePeriod {

  /** How long an ID may take before it is said that it is waited for. */
  static final Duration LENGTH = Duration.ofSeconds(2);

  /** Since when resources wait, by their UID. */
  private final Map<String, Wait> waits = new ConcurrentHashMap<>();

  /**
   * A wait of a resource with that spec.
   *
   * @param since in nanoseconds: the time of day may be set back
   */
  private record Wait(Long generation, long since) {}

  /**
   * How long the wait is still to be kept back.
   *
   * @return empty once it is to be reported
   */
  Optional<Duration> left(HasMetadata resource) {
    return Optional.of(LENGTH.minusNanos(System.nanoTime() - since(resource)))
        .filter(left -> !left.isNegative() && !left.isZero());
  }

  /** Since when the resource waits with the spec that it has: since now, if it did not before. */
  long since(HasMetadata resource) {
    Long generation = resource.getMetadata().getGeneration();
    long now = System.nanoTime();
    return waits
        .compute(
            resource.getMetadata().getUid(),
            (uid, wait) ->
                wait != null && Objects.equals(wait.generation(), generation)
                    ? wait
                    : new Wait(generation, now))
        .since();
  }

  /** Forgets a resource that no longer waits. */
  void end(HasMetadata resource) {
    waits.remove(resource.getMetadata().getUid());
  }
}
