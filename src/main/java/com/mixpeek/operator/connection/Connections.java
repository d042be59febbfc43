package com.mixpeek.operator.connection;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Endpoint;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The Connections in use, by which all that is sent to Mixpeek goes: within the requests a minute
 * of each, and never by a replica that does not lead.
 */
public final class Connections {

  private static final long ORIGIN = System.nanoTime();
  private static final String LEFT = "mixpeek.remote.requests.left";

  private static final Duration LEAST = Duration.ofMillis(100);

  /** What is deleted sooner than that after its Connection or Secret is deleted with it. */
  private static final Duration TOGETHER = Duration.ofMinutes(1);

  /** So long its deletion at Mixpeek may take. */
  private static final Duration LAST_USE = Duration.ofHours(1);

  private final MixpeekClient client;
  private final ConnectionCache cache;
  private final Leadership leadership;
  private final MeterRegistry metrics;
  private final Map<ResourceID, Link> links = new ConcurrentHashMap<>();

  private final List<Consumer<Connection>> resized = new CopyOnWriteArrayList<>();

  private final RequestSlots slots;
  private final Clock clock;

  public Connections(
      MixpeekClient client,
      ConnectionCache cache,
      Leadership leadership,
      MeterRegistry metrics,
      RequestSlots slots,
      Clock clock) {
    this.client = client;
    this.cache = cache;
    this.leadership = leadership;
    this.metrics = metrics;
    this.slots = slots;
    this.clock = clock;
    cache.onDelete(this::forget);
  }

  /** The Connection that a resource goes through, as it was found; empty until it was looked at. */
  public Optional<Link> link(String namespace, String name) {
    return Optional.ofNullable(links.get(new ResourceID(name, namespace)))
        .filter(link -> link.state() != null)
        .filter(
            link ->
                cache
                    .get(namespace, name)
                    .filter(now -> link.isOf(now) && link.state().isFor(now.getSpec()))
                    .isPresent());
  }

  public Optional<Link> link(CatalogResource<?> resource) {
    return link(resource.getMetadata().getNamespace(), resource.connection().orElse(""));
  }

  /**
   * By which is deleted at Mixpeek, as when it worked last, what is deleted together with its
   * Connection or the Secret of that, as with a namespace. Only the process that has used it knows
   * it.
   *
   * @param deleted when the resource's deletion began
   * @return empty where both are there, where it did not work, and long after it did
   */
  public Optional<Link> lastLink(CatalogResource<?> resource, Instant deleted) {
    ObjectMeta metadata = resource.getMetadata();
    String name = resource.connection().orElse("");
    return Optional.ofNullable(links.get(new ResourceID(name, metadata.getNamespace())))
        .filter(Link::workedToTheEnd)
        .filter(link -> cache.get(metadata.getNamespace(), name).stream().allMatch(link::isOf))
        .filter(link -> !link.hasEnded(deleted, TOGETHER))
        .filter(link -> !link.hasEnded(clock.instant(), LAST_USE));
  }

  /** Whether it is certain that there is no such Connection, and what that means is known. */
  public boolean isAbsent(String namespace, String name) {
    Link link = links.get(new ResourceID(name, namespace));
    return cache.isSynced()
        && cache.get(namespace, name).isEmpty()
        && (link == null || link.isGone());
  }

  /** The link of a Connection, made anew for another one of the same name. */
  Link use(Connection connection) {
    Link link =
        links.compute(
            ResourceID.fromResource(connection),
            (id, known) -> known != null && known.isOf(connection) ? known : newLink(connection));
    if (link.budget().resize(connection.getSpec().requestsPerMinute())) {
      // Those who wait were told times of another rate.
      resized.forEach(listener -> listener.accept(connection));
    }
    if (cache.get(ResourceID.fromResource(connection)).isEmpty()) {
      // It was deleted before it was used.
      forget(connection);
    }
    return link;
  }

  private Link newLink(Connection connection) {
    // Or the meter would go on telling of the one before.
    forgetLeft(connection);
    Link link = new Link(connection);
    Gauge.builder(LEFT, link, l -> l.budget().left(now()))
        .description("Requests that a Connection may send at once.")
        .tags(tags(connection))
        .register(metrics);
    return link;
  }

  /** Has a listener told of each Connection that is given other requests a minute. */
  public void onResize(Consumer<Connection> listener) {
    resized.add(listener);
  }

  /**
   * The time by which waits are measured, from a beginning that means nothing: the time of day may
   * be set.
   */
  public Instant now() {
    return Instant.EPOCH.plusNanos(System.nanoTime() - ORIGIN);
  }

  /** How long after it was sent a request may still take effect at Mixpeek. */
  public Duration onItsWay() {
    return client.timeout().multipliedBy(2);
  }

  /** Has nobody wait any more behind a resource that is gone. */
  public void leave(CatalogResource<?> resource) {
    ObjectMeta metadata = resource.getMetadata();
    leave(metadata.getNamespace(), resource.connection().orElse(""), metadata.getUid());
  }

  /** The same of whatever asks through a Connection. */
  public void leave(String namespace, String connection, String uid) {
    Link link = links.get(new ResourceID(connection, namespace));
    if (link != null) {
      link.budget().leave(uid);
    }
  }

  private void forget(Connection connection) {
    Instant now = clock.instant();
    links.values().removeIf(link -> link.hasEnded(now, LAST_USE));
    links.computeIfPresent(
        ResourceID.fromResource(connection),
        (id, link) -> {
          if (!link.isOf(connection)) {
            return link;
          }
          forgetLeft(connection);
          Link.State state = link.state();
          if (state == null || !state.isFor(connection.getSpec())) {
            return null;
          }
          link.end(now);
          return link;
        });
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
   * @param endpoint of the link when it was looked at, so that all requests of one turn go to one
   *     place
   * @param resource whom it is for, unique
   * @throws Postponed if it is not its turn
   */
  public Answer send(
      Link link, Endpoint endpoint, String resource, Priority priority, RemoteRequest request) {
    return send(link, endpoint, resource, priority, request, () -> {});
  }

  /**
   * The same, for a request that changes something.
   *
   * @param onSend called when it is its turn, before it is sent
   */
  public Answer send(
      Link link,
      Endpoint endpoint,
      String resource,
      Priority priority,
      RemoteRequest request,
      Runnable onSend) {
    if (!leadership.leads()) {
      throw new IllegalStateException("This replica no longer leads and sends nothing.");
    }
    // One thread at a time waits for an API that does not answer, or none were left for others.
    if (link.hangs(request.operation())) {
      throw RequestSlots.postponed();
    }
    Instant now = now();
    slots.take(link, now);
    try {
      Ticket ticket = new Ticket(link.namespace(), resource, priority);
      Optional<Instant> later = link.budget().ask(ticket, now);
      if (later.isPresent()) {
        Duration left = Duration.between(now, later.get());
        throw new Postponed(left.compareTo(LEAST) < 0 ? LEAST : left);
      }
      return sent(link, endpoint, request, onSend);
    } finally {
      slots.giveBack();
    }
  }

  private Answer sent(Link link, Endpoint endpoint, RemoteRequest request, Runnable onSend) {
    Answer answer = null;
    try {
      onSend.run();
      answer = client.send(endpoint, request);
      return answer;
    } finally {
      link.budget()
          .answered(
              answer != null
                  ? answer
                  : new Failure(Cause.NoAnswer, 0, "", Optional.empty(), Optional.empty()),
              now());
      link.answered(request.operation(), answer);
      count(request, answer);
      if (answer instanceof Failure failure
          && (raisesDoubts(failure) || failure.cause() == Cause.NoAnswer)) {
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

  /** Whether the Connection itself may no longer work. */
  public static boolean raisesDoubts(Failure failure) {
    return failure.cause() == Cause.Unauthorized || isOfNamespace(failure);
  }

  /** Whether what was asked for is not there, though its Mixpeek namespace is. */
  public static boolean isGone(Failure failure) {
    return failure.cause() == Cause.NotFound && !isOfNamespace(failure);
  }

  /** Whether it is the Mixpeek namespace that is not there. */
  public static boolean isOfNamespace(Failure failure) {
    return failure.cause() == Cause.NotFound
        && failure.missing().filter("namespace"::equals).isPresent();
  }
}
