package com.mixpeek.operator.cluster;

import com.mixpeek.operator.api.CatalogResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Lets one writer at a time decide about a name or ID, and only once the cache shows what the last
 * one wrote: of six clones that want one name at once, five see what the first made.
 *
 * @param <R> the resource type
 */
public final class NameLocks<R extends CatalogResource<?>> {

  private static final int STRIPES = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final KubernetesClient client;
  private final ResourceCache<R> store;
  private final Lock[] locks =
      IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

  /** What was written for a key and is not in the cache yet, as far as we know. */
  private final Map<String, R> unseen = new ConcurrentHashMap<>();

  public NameLocks(KubernetesClient client, ResourceCache<R> store) {
    this.client = client;
    this.store = store;
    store.onChange(
        (resource, keys) -> keys.forEach(key -> unseen.computeIfPresent(key, this::ifUnseen)));
  }

  /**
   * Runs the work while no other work for any of the keys runs.
   *
   * @throws IllegalStateException if the cache does not show an earlier write within two seconds
   *     though the cluster has it: try again later
   */
  public <T> T alone(Collection<String> keys, Supplier<T> work) {
    Deque<Lock> held = new ArrayDeque<>();
    try {
      keys.stream()
          .map(key -> Math.floorMod(key.hashCode(), STRIPES))
          .distinct()
          .sorted()
          .forEach(
              stripe -> {
                locks[stripe].lock();
                held.push(locks[stripe]);
              });
      keys.forEach(this::awaitSeen);
      return work.get();
    } finally {
      held.forEach(Lock::unlock);
    }
  }

  /** Notes what was written for the keys; called within the work. */
  public void wrote(Collection<String> keys, R resource) {
    keys.forEach(key -> unseen.put(key, resource));
    keys.forEach(key -> unseen.computeIfPresent(key, this::ifUnseen));
  }

  private void awaitSeen(String key) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (unseen.computeIfPresent(key, this::ifUnseen) != null) {
      if (System.nanoTime() - deadline > 0) {
        giveUpOrForget(key);
        return;
      }
      pause();
    }
  }

  /** The watch is behind, or what was written is gone and the cache will never show it. */
  private void giveUpOrForget(String key) {
    R written = unseen.get(key);
    if (written != null && client.resource(written).get() != null) {
      throw new IllegalStateException(
          "The cache does not show what was last written to %s %s yet."
              .formatted(written.getKind(), written.getMetadata().getName()));
    }
    unseen.remove(key);
  }

  private R ifUnseen(String key, R written) {
    boolean seen =
        store
            .get(written.getMetadata().getNamespace(), written.getMetadata().getName())
            .filter(cached -> version(cached).compareTo(version(written)) >= 0)
            .isPresent();
    return seen ? null : written;
  }

  private static BigInteger version(CatalogResource<?> resource) {
    return new BigInteger(resource.getMetadata().getResourceVersion());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while waiting for the cache.", e);
    }
  }
}
