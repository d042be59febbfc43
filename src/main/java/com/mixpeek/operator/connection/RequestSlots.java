package com.mixpeek.operator.connection;

import com.mixpeek.operator.cluster.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets so many threads wait for Mixpeek at once, so that what lives in the cluster finds a thread
 * however slow an API is. A Connection of which no request is under way comes before the next
 * request of one that is slow, or whoever has the most to send would get each slot that is freed.
 */
public final class RequestSlots {

  /** When to ask again where there is no slot. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Semaphore slots;

  /** When Connections that no thread waits for were last refused a slot. */
  private final Map<Link, Instant> refused = new ConcurrentHashMap<>();

  /**
   * @param slots how many threads may wait at once
   */
  public RequestSlots(int slots) {
    this.slots = new Semaphore(slots);
  }

  /**
   * Takes a slot, which is to be given back.
   *
   * @throws Postponed if there is none for that Connection now
   */
  void take(Link link, Instant now) {
    if (isBehindOthers(link, now) || !slots.tryAcquire()) {
      if (!link.budget().isBusy()) {
        refused.put(link, now);
      }
      throw postponed();
    }
    refused.remove(link);
  }

  static Postponed postponed() {
    return new Postponed(Backoff.spread(RETRY));
  }

  void giveBack() {
    slots.release();
  }

  /** Whether a thread already waits for it, and one that has none was refused just now. */
  private boolean isBehindOthers(Link link, Instant now) {
    if (refused.isEmpty() || !link.budget().isBusy()) {
      return false;
    }
    // Whoever still wants one has asked again by now.
    refused.values().removeIf(now.minus(RETRY.multipliedBy(2))::isAfter);
    return refused.keySet().stream().anyMatch(other -> other != link && !other.budget().isBusy());
  }
}
