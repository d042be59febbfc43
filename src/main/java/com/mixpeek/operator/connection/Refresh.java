package com.mixpeek.operator.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
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
import java.util.Optional;
import java.util.Set;

/**
 * Looks again at what is at Mixpeek, page by page: a request for a hundred resources, not for each.
 * Used by one thread at a time.
 */
final class Refresh {

  private static final Duration RARELY = Duration.ofMinutes(10);

  /** Between pages, so that even a look at thousands takes few requests of any minute. */
  private static final Duration PACE = Duration.ofSeconds(10);

  private static final Duration SOON = Duration.ofSeconds(30);

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
  Instant step(Link link, Connections connections, List<RemoteCatalog<?>> catalogs, Clock clock) {
    Instant now = clock.instant();
    if (due == null) {
      // Not all of an operator that was restarted at once.
      due = now.plus(ConnectionCheck.spread(SOON));
    }
    if (now.isBefore(due)) {
      return due;
    }
    if (left.isEmpty()) {
      catalogs.stream().filter(catalog -> catalog.hasAny(link)).forEach(left::add);
    }
    if (left.isEmpty()) {
      due = now.plus(ConnectionCheck.spread(RARELY));
      return due;
    }
    try {
      return page(link, connections, left.peek(), now);
    } catch (Postponed e) {
      return e.until();
    }
  }

  private Instant page(Link link, Connections connections, RemoteCatalog<?> catalog, Instant now) {
    CatalogKind<?, ?> kind = catalog.kind();
    if (next == null) {
      next = RemoteRequest.list(kind);
      begun = now;
      seen.clear();
    }
    if (!(connections.send(link, "refresh/" + kind.name(), Priority.OBSERVE, next)
        instanceof Success success)) {
      due = now.plus(ConnectionCheck.spread(SOON));
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
      due = now.plus(ConnectionCheck.spread(PACE));
      return due;
    }
    if (page.complete()) {
      catalog.suspectAllBut(link, seen, begun);
    }
    left.remove();
    if (left.isEmpty()) {
      due = now.plus(ConnectionCheck.spread(RARELY));
      return due;
    }
    due = now.plus(ConnectionCheck.spread(PACE));
    return due;
  }
}
