package com.mixpeek.operator.cluster;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

/**
 * The one cache of a kind, shared by everyone who looks at it.
 *
 * <p>An event source of the kind's own controller: it reads the cache of that controller's informer
 * and is told every change in it, so that the clone's controller needs no informer, watch and copy
 * in memory of its own. All writes to the kind go past the SDK's own write cache, which would keep
 * their events from us.
 *
 * @param <R> the resource type
 */
public final class ResourceCache<R extends CatalogResource<?>> extends AbstractEventSource<R, R>
    implements ResourceEventAware<R>, Lookup<R> {

  private static final String INDEX = "keys";

  private final CatalogKind<?, R> kind;
  private final CountDownLatch synced = new CountDownLatch(1);
  private final List<BiConsumer<R, Set<String>>> listeners = new CopyOnWriteArrayList<>();
  private volatile IndexerResourceCache<R> cache;

  public ResourceCache(CatalogKind<?, R> kind) {
    super(kind.resourceType(), kind.name() + " store");
    this.kind = kind;
  }

  /** Takes the cache of the kind's own controller; before that controller starts. */
  public void readFrom(IndexerResourceCache<R> primaries) {
    primaries.addIndexers(Map.of(INDEX, resource -> List.copyOf(Keys.of(kind, resource))));
    cache = primaries;
  }

  @Override
  public List<R> find(String key) {
    return cache.byIndex(INDEX, key);
  }

  public Optional<R> get(String namespace, String name) {
    return cache.get(new ResourceID(name, namespace));
  }

  /**
   * Calls the listener with each changed resource and every key that it answered to or answers to.
   */
  public void onChange(BiConsumer<R, Set<String>> listener) {
    listeners.add(listener);
  }

  /** Waits until the cache holds all that the cluster held when the operator started. */
  public void awaitSynced() {
    try {
      synced.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Stopped while waiting for the " + kind.name() + " cache.", e);
    }
  }

  /** Called by the SDK once the controller's informer has its first list. */
  @Override
  public void start() {
    super.start();
    synced.countDown();
  }

  @Override
  public void onResourceCreated(R resource) {
    changed(resource, Keys.of(kind, resource), Keys.claims(kind, resource));
  }

  @Override
  public void onResourceUpdated(R resource, R before) {
    changed(
        resource,
        union(Keys.of(kind, before), Keys.of(kind, resource)),
        union(Keys.claims(kind, before), Keys.claims(kind, resource)));
  }

  @Override
  public void onResourceDeleted(R resource) {
    changed(resource, Keys.of(kind, resource), Keys.claims(kind, resource));
  }

  /** Has every resource looked at again: nothing was done about any while another process led. */
  public void wakeAll() {
    cache.keys().forEach(id -> getEventHandler().handleEvent(new Event(id)));
  }

  /** Wakes the others that claim the same name or ID, and tells the listeners. */
  private void changed(R resource, Set<String> keys, Set<String> claims) {
    ResourceID self = ResourceID.fromResource(resource);
    claims.stream()
        .flatMap(key -> find(key).stream())
        .map(ResourceID::fromResource)
        .filter(other -> !other.equals(self))
        .distinct()
        .forEach(other -> getEventHandler().handleEvent(new Event(other)));
    listeners.forEach(listener -> listener.accept(resource, keys));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return all;
  }

  @Override
  public Set<R> getSecondaryResources(R primary) {
    return Set.of();
  }
}
