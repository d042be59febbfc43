package com.mixpeek.operator.remote;

import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A token bucket for one connection: keeps it under its requests a minute, and says who is next. It
 * holds no thread: who must wait is told until when, and asks again then.
 *
 * <p>A token comes back a minute after the answer to the request that took it. So in no minute does
 * the API see more requests than there are tokens, however long they are on their way, and all of
 * them may be sent at once. Rejected: libraries, which refill by the clock, let twice as many
 * through around a full minute, and know neither priorities nor fairness.
 *
 * <p>Next is whoever has the highest priority; of those, somebody of the namespace that was served
 * the longest time ago; of those, who asked first. Safe for use by several threads.
 */
public final class RequestBudget {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** For how long the place of one who was told when to come, and does not, is kept. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  /** By resource, in the order in which they first asked. */
  private final Map<String, Place> waiting = new LinkedHashMap<>();

  /** By namespace the number of the grant that it had last. */
  private final Map<String, Long> served = new HashMap<>();

  /** When tokens come back, the earliest first. */
  private final List<Instant> returning = new ArrayList<>();

  private int tokens;
  private int inFlight;
  private long grants;
  private int throttled;
  private Instant pausedUntil = Instant.MIN;

  private record Place(Ticket ticket, Instant keptUntil) {}

  /** Of the tickets of one namespace and priority, how many came before. */
  private record Turn(Ticket ticket, int rank, long served) {

    private static final Comparator<Turn> ORDER =
        Comparator.<Turn, Priority>comparing(turn -> turn.ticket().priority())
            .thenComparing(Turn::rank)
            .thenComparing(Turn::served);
  }

  /**
   * @param requestsPerMinute how many tokens there are, at least 1
   */
  public RequestBudget(int requestsPerMinute) {
    this.tokens = requestsPerMinute;
  }

  /**
   * Changes how many requests a minute may be sent.
   *
   * @return whether that changes anything
   */
  public synchronized boolean resize(int requestsPerMinute) {
    boolean changes = tokens != requestsPerMinute;
    tokens = requestsPerMinute;
    return changes;
  }

  /**
   * Asks to send a request.
   *
   * @return empty if it may be sent now, and {@link #answered} must follow; otherwise when to ask
   *     again, which is an estimate
   */
  public synchronized Optional<Instant> ask(Ticket ticket, Instant now) {
    expire(now);
    waiting.put(ticket.resource(), new Place(ticket, Instant.MAX));
    int ahead = ahead(ticket);
    int free = free();
    if (ahead < free && !now.isBefore(pausedUntil)) {
      waiting.remove(ticket.resource());
      served.put(ticket.namespace(), ++grants);
      inFlight++;
      return Optional.empty();
    }
    Instant start = later(now, pausedUntil);
    Instant until = ahead < free ? start : later(start, tokenTime(ahead - free, start));
    waiting.put(ticket.resource(), new Place(ticket, until.plus(PATIENCE)));
    return Optional.of(until);
  }

  /** Gives up the place of one who will not ask any more. */
  public synchronized void leave(String resource) {
    waiting.remove(resource);
  }

  /** Must follow each request that was granted, whatever came of it. */
  public synchronized void answered(Answer answer, Instant now) {
    inFlight--;
    returning.add(now.plus(MINUTE));
    boolean tooMany =
        answer instanceof Answer.Failure failure && failure.cause() == Answer.Cause.Throttled;
    throttled = tooMany ? Math.min(throttled + 1, 6) : 0;
    Optional<Duration> pause =
        answer instanceof Answer.Failure failure ? failure.pause() : Optional.empty();
    if (tooMany && pause.isEmpty()) {
      // 2, 4, 8, … seconds, no longer than until all tokens are back anyway.
      Duration longer = FIRST_PAUSE.multipliedBy(1L << (throttled - 1));
      pause = Optional.of(longer.compareTo(MINUTE) < 0 ? longer : MINUTE);
    }
    pause.ifPresent(length -> pausedUntil = later(pausedUntil, now.plus(length)));
  }

  /** Forgets until when nothing more was to be sent: another server, or key, said so. */
  public synchronized void forgetPause() {
    pausedUntil = Instant.MIN;
    throttled = 0;
  }

  /** Whether a request waits for its answer. */
  public synchronized boolean isBusy() {
    return inFlight > 0;
  }

  /** How many requests may be sent at once. */
  public synchronized int left(Instant now) {
    expire(now);
    return now.isBefore(pausedUntil) ? 0 : Math.max(0, free());
  }

  private void expire(Instant now) {
    returning.removeIf(time -> !time.isAfter(now));
    waiting.values().removeIf(place -> place.keptUntil().isBefore(now));
  }

  private int free() {
    return tokens - inFlight - returning.size();
  }

  /** How many of those who wait come before this one. */
  private int ahead(Ticket asking) {
    Map<String, Integer> ranks = new HashMap<>();
    List<Turn> turns = new ArrayList<>();
    for (Place place : waiting.values()) {
      Ticket ticket = place.ticket();
      int rank = ranks.merge(ticket.priority() + "/" + ticket.namespace(), 1, Integer::sum);
      turns.add(new Turn(ticket, rank, served.getOrDefault(ticket.namespace(), 0L)));
    }
    turns.sort(Turn.ORDER);
    return turns.stream().map(Turn::ticket).toList().indexOf(asking);
  }

  /** When the token after that many others comes back, if those ahead take what is there. */
  private Instant tokenTime(int others, Instant start) {
    List<Instant> times = new ArrayList<>(returning);
    while (times.size() < tokens) {
      times.add(start.plus(MINUTE));
    }
    if (others < times.size()) {
      return times.get(others);
    }
    int more = others - times.size();
    return times
        .get(times.size() - tokens + more % tokens)
        .plus(MINUTE.multipliedBy(1 + more / tokens));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
