package com.mixpeek.operator.connection;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Connection;
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

/**
 * How many Connections have which reason, and how long what is to be done at Mixpeek waits; counted
 * when metrics are read. The label sets are bounded.
 */
public final class ConnectionMetrics {

  private static final String UNSEEN = "Unseen";

  /** Said of what waits for Mixpeek, or for the way to it, and not for a person. */
  private static final Set<Reason> WAITS =
      EnumSet.of(
          Reason.Creating, Reason.ConnectionNotReady, Reason.QuotaExceeded, Reason.Throttled);

  private ConnectionMetrics() {}

  /** Tells of the Connections by reason, {@code Unseen} for those without one. */
  public static void connections(MeterRegistry registry, Cache<Connection> cache) {
    byReason(registry, cache, UNSEEN);
    EnumSet.range(Reason.Connected, Reason.BaseUrlNotAllowed)
        .forEach(reason -> byReason(registry, cache, reason.name()));
  }

  private static void byReason(MeterRegistry registry, Cache<Connection> cache, String reason) {
    Gauge.builder(
            "mixpeek.connections", cache, c -> c.list(its -> reason(its).equals(reason)).count())
        .description("Connections by the reason of their Ready condition.")
        .tag("reason", reason)
        .strongReference(true)
        .register(registry);
  }

  private static String reason(Connection connection) {
    return connection.ready().map(Condition::getReason).orElse(UNSEEN);
  }

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
