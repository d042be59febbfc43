package com.mixpeek.operator.connection;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.MixpeekClient;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.Ticket;
import com.mixpeek.operator.remote.Ticket.Priority;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The Connections in use, by which all that is sent to Mixpeek goes: within the requests a minute
 * of each, and never by a replica that does not lead.
 */
public final class Connections {

  private static final String LEFT = "mixpeek.remote.requests.left";

  /** When to ask again where all threads that may wait for an answer do. */
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final MixpeekClient client;
  private final ConnectionCache cache;
  private final Leadership leadership;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Map<ResourceID, Link> links = new ConcurrentHashMap<>();

  /** So that what lives in the cluster finds a thread however slow the API is. */
  private final Semaphore waiting;

  /**
   * @param atOnce how many requests may be on their way at once, of all Connections
   */
  public Connections(
      MixpeekClient client,
      ConnectionCache cache,
      Leadership leadership,
      MeterRegistry metrics,
      Clock clock,
      int atOnce) {
    this.client = client;
    this.cache = cache;
    this.leadership = leadership;
    this.metrics = metrics;
    this.clock = clock;
    this.waiting = new Semaphore(Math.max(1, atOnce));
    cache.onDelete(this::forget);
  }

  /** The Connection that a resource goes through, as it was found; empty until it was looked at. */
  Optional<Link> link(String namespace, String name) {
    return Optional.ofNullable(links.get(new ResourceID(name, namespace)))
        .filter(link -> link.state() != null);
  }

  Optional<Link> link(CatalogResource<?> resource) {
    return link(resource.getMetadata().getNamespace(), resource.connection().orElse(""));
  }

  /** Whether it is certain that there is no such Connection. */
  boolean isAbsent(String namespace, String name) {
    return cache.isSynced() && cache.get(namespace, name).isEmpty();
  }

  /** The link of a Connection, made anew for another one of the same name. */
  Link use(Connection connection) {
    return links.compute(
        ResourceID.fromResource(connection),
        (id, known) -> {
          if (known != null && known.isOf(connection)) {
            known.budget().resize(connection.getSpec().requestsPerMinute());
            return known;
          }
          // Or the meter would go on telling of the one before.
          forgetLeft(connection);
          Link link = new Link(connection);
          Gauge.builder(LEFT, link, l -> l.budget().left(clock.instant()))
              .description("Requests that a Connection may send at once.")
              .tags(tags(connection))
              .register(metrics);
          return link;
        });
  }

  private void forget(Connection connection) {
    links.remove(ResourceID.fromResource(connection));
    forgetLeft(connection);
  }

  private void forgetLeft(Connection connection) {
    metrics.find(LEFT).tags(tags(connection)).gauges().forEach(metrics::remove);
  }

  private static Tags tags(Connection connection) {
    ObjectMeta metadata = connection.getMetadata();
    return Tags.of("resource_namespace", metadata.getNamespace(), "connection", metadata.getName());
  }

  /**
   * Sends a request for a resource.
   *
   * @throws Postponed if it is not its turn
   */
  Answer send(Link link, String resource, Priority priority, RemoteRequest request) {
    if (!leadership.leads()) {
      throw new IllegalStateException("This replica no longer leads and sends nothing.");
    }
    if (!waiting.tryAcquire()) {
      throw new Postponed(clock.instant().plus(BUSY));
    }
    try {
      Ticket ticket = new Ticket(link.namespace(), resource, priority);
      Optional<Instant> later = link.budget().ask(ticket, clock.instant());
      if (later.isPresent()) {
        throw new Postponed(later.get());
      }
      return sent(link, request);
    } finally {
      waiting.release();
    }
  }

  private Answer sent(Link link, RemoteRequest request) {
    Answer answer = null;
    try {
      answer = client.send(link.endpoint(), request);
      return answer;
    } finally {
      link.budget()
          .answered(
              answer != null
                  ? answer
                  : new Failure(Cause.NoAnswer, 0, "", Optional.empty(), Optional.empty()),
              clock.instant());
      count(request, answer);
      if (answer instanceof Failure failure && raisesDoubts(failure)) {
        link.doubt();
        cache.wake(link.namespace(), link.name());
      }
    }
  }

  private void count(RemoteRequest request, Answer answer) {
    String code =
        answer instanceof Failure failure
            ? failure.status() == 0 ? "none" : Integer.toString(failure.status())
            : answer == null ? "none" : "2xx";
    metrics
        .counter(
            "mixpeek.remote.requests", "operation", request.operation().toString(), "code", code)
        .increment();
  }

  private static boolean raisesDoubts(Failure failure) {
    return failure.cause() == Cause.Unauthorized || isOfNamespace(failure);
  }

  /** Whether it is the Mixpeek namespace that is not there. */
  static boolean isOfNamespace(Failure failure) {
    return failure.cause() == Cause.NotFound
        && failure.missing().filter("namespace"::equals).isPresent();
  }
}
