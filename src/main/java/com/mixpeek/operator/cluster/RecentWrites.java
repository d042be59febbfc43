package com.mixpeek.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Writes resources of a kind, and knows its own last writes until the informer shows them. The
 * SDK's write cache gives one up as soon as the informer has seen anything later, be it of another
 * resource, which is right only where events come in the order of their versions.
 *
 * @param <P> the resource type
 */
public final class RecentWrites<P extends HasMetadata> {

  private static final Duration POLL = Duration.ofMillis(50);

  /**
   * How many writes are looked at with each further one, whether they are shown by now: more than
   * one, so that they become fewer, and no more than a few, as a watch that says nothing for long
   * leaves many.
   */
  private static final int LOOKS = 4;

  private final ControllerEventSource<P> informed;
  private final Function<P, ? extends Collection<String>> keys;
  private final Map<ResourceID, Written<P>> written = new ConcurrentHashMap<>();

  /** What was written, by its keys. */
  private final Map<String, Set<ResourceID>> index = new ConcurrentHashMap<>();

  /** Each once, the one first that was looked at longest ago. */
  private final Queue<ResourceID> looks = new ConcurrentLinkedQueue<>();

  private record Written<P>(P resource, Set<String> keys) {}

  /** Of a kind that is looked for by name alone. */
  public RecentWrites(ControllerEventSource<P> informed) {
    this(informed, resource -> Set.of());
  }

  /**
   * @param keys of a resource, by which it is found
   */
  public RecentWrites(
      ControllerEventSource<P> informed, Function<P, ? extends Collection<String>> keys) {
    this.informed = informed;
    this.keys = keys;
  }

  /**
   * Waits until the informer has listed all that there is: before that the SDK (5.3.2) fails where
   * it is asked for what was written, and with it the thread that all its timers are in.
   */
  public void awaitListed() {
    try {
      while (!isListed()) {
        Thread.sleep(POLL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped before all was listed.", e);
    }
  }

  private boolean isListed() {
    return informed.informerHealthIndicators().values().stream()
        .allMatch(InformerHealthIndicator::hasSynced);
  }

  /**
   * Sends a request that writes the resource; the watch event of it wakes nobody.
   *
   * @param request given the resource, returns it as the API server has stored it
   */
  public P write(P resource, UnaryOperator<P> request) {
    P result = informed.eventFilteringUpdateAndCacheResource(resource, request);
    for (int i = 0; i < LOOKS; i++) {
      forgetIfShown(looks.poll());
    }
    add(ResourceID.fromResource(result), result);
    return result;
  }

  private void add(ResourceID id, P result) {
    Written<P> added = new Written<>(result, Set.copyOf(keys.apply(result)));
    written.compute(
        id,
        (same, before) -> {
          for (String key : added.keys()) {
            index.compute(
                key,
                (k, ids) -> {
                  Set<ResourceID> all = ids == null ? ConcurrentHashMap.newKeySet() : ids;
                  all.add(id);
                  return all;
                });
          }
          if (before == null) {
            looks.add(id);
          } else {
            // Only now, or whoever looks meanwhile would find it under no key.
            remove(id, before.keys().stream().filter(key -> !added.keys().contains(key)).toList());
          }
          return added;
        });
  }

  private void forgetIfShown(ResourceID id) {
    if (id != null) {
      written.computeIfPresent(
          id,
          (same, own) -> {
            if (isShown(id, own.resource())) {
              remove(id, own.keys());
              return null;
            }
            looks.add(id);
            return own;
          });
    }
  }

  private void remove(ResourceID id, Collection<String> given) {
    for (String key : given) {
      index.computeIfPresent(
          key,
          (same, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
          });
    }
  }

  /**
   * The resource as it is after all that was written here; empty where there is none, or none any
   * more since a write has taken the last finalizer off one that was being deleted.
   */
  public Optional<P> get(ResourceID id) {
    P own = Optional.ofNullable(written.get(id)).map(Written::resource).orElse(null);
    return informed
        .get(id)
        .filter(shown -> own == null || !isEnded(own, shown))
        .map(shown -> own != null && isOlder(shown, own) ? own : shown);
  }

  /** What was written and may not be shown yet, at this moment. */
  Set<ResourceID> written() {
    return Set.copyOf(written.keySet());
  }

  /** Those of them that have the key. */
  Set<ResourceID> written(String key) {
    return Set.copyOf(index.getOrDefault(key, Set.of()));
  }

  boolean isEmpty() {
    return written.isEmpty();
  }

  /** Whether the informer shows what was written, or something later, or that it is gone. */
  private boolean isShown(ResourceID id, P own) {
    return informed
        .get(id)
        .filter(shown -> shown == own || isOlder(shown, own) || isEnded(own, shown))
        .isEmpty();
  }

  /** Whether that write has ended what is shown. Its answer has the version from before it. */
  private static boolean isEnded(HasMetadata own, HasMetadata shown) {
    return own.isMarkedForDeletion()
        && own.getFinalizers().isEmpty()
        && own.getMetadata().getUid().equals(shown.getMetadata().getUid());
  }

  private static boolean isOlder(HasMetadata one, HasMetadata other) {
    return version(one).compareTo(version(other)) < 0;
  }

  private static BigInteger version(HasMetadata resource) {
    return new BigInteger(resource.getMetadata().getResourceVersion());
  }
}
