package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.cluster.Backoff;
import com.mixpeek.operator.connection.ConnectionCache;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.Link;
import com.mixpeek.operator.connection.Postponed;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.Page;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks again at what is at Mixpeek, page by page: a request for a hundred resources, not for each.
 */
public final class Refresh {

  private static final Duration RARELY = Duration.ofMinutes(10);

  /** Between pages, so that even a look at thousands takes few requests of any minute. */
  private static final Duration PACE = Duration.ofSeconds(10);

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Connections connections;
  private final List<RemoteCatalog<?>> catalogs;
  private final Clock clock;

  /** How far it has come, by the Connection's UID. */
  private final Map<String, Progress> progress = new ConcurrentHashMap<>();

  /**
   * @param catalogs what is looked at through Connections
   */
  public Refresh(
      ConnectionCache cache,
      Connections connections,
      List<RemoteCatalog<?>> catalogs,
      Clock clock) {
    this.connections = connections;
    this.catalogs = catalogs;
    this.clock = clock;
    cache.onDelete(connection -> progress.remove(connection.getMetadata().getUid()));
  }

  /**
   * Looks at a page of what is at Mixpeek, if that is due.
   *
   * @return when to come again; empty where nothing can be looked at
   */
  public Optional<Duration> step(Connection connection) {
    var metadata = connection.getMetadata();
    return connections
        .link(metadata.getNamespace(), metadata.getName())
        .filter(Link::isConnected)
        .map(link -> progress.computeIfAbsent(metadata.getUid(), uid -> new Progress()).step(link))
        .map(next -> Duration.between(connections.now(), next));
  }

  /** Of one Connection, which one thread looks at at a time. */
  private final class Progress {

    private final Deque<RemoteCatalog<?>> left = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<RemoteRequest> asked = new HashSet<>();

    /** The page to ask for, null before the first. */
    private RemoteRequest next;

    /** At what time of day the list that is being read was begun. */
    private Instant begun;

    /** When the next page is due, null before any was ever asked for. */
    private Instant due;

    /**
     * Asks for one page, if it is time.
     *
     * @return when to come again
     */
    private Instant step(Link link) {
      Instant now = connections.now();
      if (due == null) {
        // Not all of an operator that was restarted at once.
        dueAfter(now, SOON);
      }
      if (now.isBefore(due)) {
        return due;
      }
      if (left.isEmpty()) {
        catalogs.stream().filter(catalog -> catalog.hasAny(link)).forEach(left::add);
      }
      if (left.isEmpty()) {
        return dueAfter(now, RARELY);
      }
      try {
        return page(link, left.peek(), now);
      } catch (Postponed e) {
        return now.plus(e.left());
      }
    }

    private Instant page(Link link, RemoteCatalog<?> catalog, Instant now) {
      CatalogKind<?, ?> kind = catalog.kind();
      if (next == null) {
        next = RemoteRequest.list(kind);
        begun = clock.instant();
        seen.clear();
        asked.clear();
      }
      Answer answer =
          connections.send(
              link, link.state().endpoint(), "refresh/" + kind.name(), Priority.OBSERVE, next);
      if (answer instanceof Failure failure) {
        return failed(failure, now);
      }
      Success success = (Success) answer;
      if (!success.body().path("results").isArray()) {
        return dueAfter(now, SOON);
      }
      Page page = Page.of(next, success.body(), asked);
      for (ObjectNode content : page.results()) {
        seen.add(content.path(RemoteRequest.idField(kind)).asText());
        catalog.seen(link, content, now);
      }
      next = page.next().orElse(null);
      if (next == null) {
        if (page.complete()) {
          catalog.suspectAllBut(link, seen, begun);
        }
        left.remove();
      }
      return dueAfter(now, left.isEmpty() ? RARELY : PACE);
    }

    /** A page that is refused, such as one of a cursor that is too old, is not asked for again. */
    private Instant failed(Failure failure, Instant now) {
      if (failure.passes()) {
        return dueAfter(now, SOON);
      }
      next = null;
      left.clear();
      return dueAfter(now, RARELY);
    }

    private Instant dueAfter(Instant now, Duration pause) {
      due = now.plus(Backoff.spread(pause));
      return due;
    }
  }
}
