package com.mixpeek.operator.connection.catalog;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.cluster.Backoff;
import com.mixpeek.operator.connection.Link;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a resource asks Mixpeek again after something failed that may pass: events that have nothing
 * to do with that do not hurry it, an edit and a connection that works again do. The Connection's
 * epoch is always the one in which the turn began: what that asked for says nothing of a later one.
 */
final class Retries {

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

  private record Pause(
      Long generation, Link link, long epoch, RetryExecution retry, Instant until) {

    private boolean isOfSpec(CatalogResource<?> resource) {
      return Objects.equals(generation, resource.getMetadata().getGeneration());
    }

    private boolean isOf(CatalogResource<?> resource, Link link, long epoch) {
      return isOfSpec(resource) && this.link == link && this.epoch == epoch;
    }
  }

  /** How long the resource must wait still, empty if it need not. */
  Optional<Duration> left(CatalogResource<?> resource, Link link, long epoch, Instant now) {
    return Optional.ofNullable(pauses.get(uid(resource)))
        .filter(pause -> pause.isOf(resource, link, epoch))
        .map(pause -> Duration.between(now, pause.until()))
        .filter(left -> !left.isNegative() && !left.isZero());
  }

  /** Whether the resource waited before, of the same spec and while the Connection worked. */
  boolean isKnown(CatalogResource<?> resource, Link link, long epoch) {
    return Optional.ofNullable(pauses.get(uid(resource)))
        .filter(pause -> pause.isOf(resource, link, epoch))
        .isPresent();
  }

  /**
   * Has the resource wait, each time longer.
   *
   * @param least no shorter than that
   * @return how long, more than nothing
   */
  Duration pause(CatalogResource<?> resource, Link link, long epoch, Duration least, Instant now) {
    Pause next =
        pauses.compute(
            uid(resource),
            (uid, known) -> {
              RetryExecution retry =
                  known != null && known.isOf(resource, link, epoch)
                      ? known.retry()
                      : BACKOFF.initExecution();
              Duration pause = Duration.ofMillis(retry.nextDelay().orElseThrow());
              Duration longer = pause.compareTo(least) < 0 ? least : pause;
              return new Pause(
                  resource.getMetadata().getGeneration(), link, epoch, retry, now.plus(longer));
            });
    return Duration.between(now, next.until());
  }

  /** Takes note of where a resource is refused, as another place may not refuse it. */
  void refused(CatalogResource<?> resource, Link link, long epoch, Instant now) {
    pause(resource, link, epoch, Duration.ZERO, now);
  }

  /**
   * Whether the resource, of the same spec, asked last through another Connection, or before this
   * one led where it does.
   */
  boolean isOfElsewhere(CatalogResource<?> resource, Link link, long epoch) {
    return Optional.ofNullable(pauses.get(uid(resource)))
        .filter(pause -> pause.isOfSpec(resource) && !pause.isOf(resource, link, epoch))
        .isPresent();
  }

  /** Forgets a resource that no longer waits. */
  void end(CatalogResource<?> resource) {
    pauses.remove(uid(resource));
  }

  private static String uid(CatalogResource<?> resource) {
    return resource.getMetadata().getUid();
  }
}
