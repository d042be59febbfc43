package com.mixpeek.operator.connection;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** How long what is to be done at Mixpeek waits, looked up when metrics are read. */
public final class ConnectionMetrics {

  /** Said of what waits for Mixpeek, or for the way to it, and not for a person. */
  private static final Set<Reason> WAITS =
      EnumSet.of(
          Reason.Creating, Reason.ConnectionNotReady, Reason.QuotaExceeded, Reason.Throttled);

  private ConnectionMetrics() {}

  /** Tells the age of what of a kind has waited longest for Mixpeek. */
  public static <R extends CatalogResource<?>> void oldestWaiting(
      MeterRegistry registry, Clock clock, Class<R> kind, Cache<R> cache) {
    Gauge.builder("mixpeek.remote.oldest.waiting", cache, c -> oldest(c, clock.instant()))
        .description("For how long the one that has waited longest for Mixpeek has done so.")
        .baseUnit("seconds")
        .tag("kind", kind.getSimpleName())
        .strongReference(true)
        .register(registry);
  }

  private static double oldest(Cache<? extends CatalogResource<?>> cache, Instant now) {
    return cache
        .list(resource -> resource.connection().isPresent())
        .flatMap(resource -> waitsSince(resource).stream())
        .mapToLong(since -> Duration.between(since, now).toSeconds())
        .filter(seconds -> seconds > 0)
        .max()
        .orElse(0);
  }

  private static Optional<Instant> waitsSince(CatalogResource<?> resource) {
    Optional<Condition> ready = resource.ready();
    if (ready.isEmpty()) {
      return Optional.of(Instant.parse(resource.getMetadata().getCreationTimestamp()));
    }
    return ready
        .filter(told -> Reason.named(told.getReason()).filter(WAITS::contains).isPresent())
        .map(told -> Instant.parse(told.getLastTransitionTime()));
  }
}
