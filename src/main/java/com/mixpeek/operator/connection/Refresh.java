package com.mixpeek.operator.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Connection;
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
        .map(next -> Duration.between(clock.instant(), next));
  }

  /** Of one Connection, which one thread looks at at a time. */
  private final class Progress {

    private final Deque<RemoteCatalog<?>> left = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();

    /** The page to ask for, null before the first. */
    private RemoteRequest next;

    /** When the list that is being read was begun. */
    private Instant begun;

    /** When the next page is due, null before any was ever asked for. */
    private Instant due;

    /**
     * Asks for one page, if it is time.
     *
     * @return when to come again
     */
    private Instant step(Link link) {
      Instant now = clock.instant();
      if (due == null) {
        // Not all of an operator that was restarted at once.
        due = now.plus(Retries.spread(SOON));
      }
      if (now.isBefore(due)) {
        return due;
      }
      if (left.isEmpty()) {
        catalogs.stream().filter(catalog -> catalog.hasAny(link)).forEach(left::add);
      }
      if (left.isEmpty()) {
        due = now.plus(Retries.spread(RARELY));
        return due;
      }
      try {
        return page(link, left.peek(), now);
      } catch (Postponed e) {
        return e.until();
      }
    }

    private Instant page(Link link, RemoteCatalog<?> catalog, Instant now) {
      CatalogKind<?, ?> kind = catalog.kind();
      if (next == null) {
        next = RemoteRequest.list(kind);
        begun = now;
        seen.clear();
      }
      if (!(connections.send(link, "refresh/" + kind.name(), Priority.OBSERVE, next)
          instanceof Success success)) {
        due = now.plus(Retries.spread(SOON));
        return due;
      }
      Page page = Page.of(next, success.body());
      for (ObjectNode content : page.results()) {
        seen.add(content.path(RemoteRequest.idField(kind)).asText());
        catalog.seen(link, content);
      }
      Optional<RemoteRequest> following = page.next();
      next = following.orElse(null);
      if (following.isPresent()) {
        due = now.plus(Retries.spread(PACE));
        return due;
      }
      if (page.complete()) {
        catalog.suspectAllBut(link, seen, begun);
      }
      left.remove();
      if (left.isEmpty()) {
        due = now.plus(Retries.spread(RARELY));
        return due;
      }
      due = now.plus(Retries.spread(PACE));
      return due;
    }
  }
}
