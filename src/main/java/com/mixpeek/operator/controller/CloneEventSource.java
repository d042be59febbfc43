package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cluster.KeyIndex;
import com.mixpeek.operator.cluster.RecentWrites;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.lookup.Keys;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Has the clones reconciled that a change of a Collection or Taxonomy concerns, and no others: an
 * index over the clones' cache says which key each of them waits for or has its target under.
 *
 * @param <C> the clone's type
 * @param <R> the type of what is cloned
 */
final class CloneEventSource<C extends CloneResource<?>, R extends CatalogResource<?>>
    extends AbstractEventSource<R, C> implements ResourceEventAware<C> {

  private final ResourceCache<R> resources;
  private final IndexerResourceCache<C> clones;
  private final RecentWrites<C> recent;
  private final KeyIndex<C> interested;

  /** The clone that this thread reconciles: what it writes itself is no news to it. */
  private final ThreadLocal<ResourceID> reconciled = new ThreadLocal<>();

  private final Consumer<C> onDelete;

  /**
   * @param recent what was written of the clones
   * @param interests the keys whose changes concern a clone
   * @param onDelete is told of each clone that is deleted
   */
  CloneEventSource(
      Class<R> resourceType,
      ResourceCache<R> resources,
      IndexerResourceCache<C> clones,
      RecentWrites<C> recent,
      Function<C, Set<String>> interests,
      Consumer<C> onDelete) {
    super(resourceType, resourceType.getSimpleName() + " changes");
    this.resources = resources;
    this.clones = clones;
    this.recent = recent;
    this.onDelete = onDelete;
    this.interested = new KeyIndex<>(clones, interests);
    resources.addListener((resource, keys, own) -> wake(keys, own));
  }

  /**
   * Waits for the caches: no clone is judged before all that exists can be seen, or it would be
   * told that its target is missing.
   */
  @Override
  public void start() {
    resources.awaitSynced();
    recent.awaitListed();
    super.start();
  }

  /** Has every clone reconciled: nothing was done about any while another process led. */
  void wakeAll() {
    if (isRunning()) {
      clones.keys().forEach(clone -> getEventHandler().handleEvent(new Event(clone)));
    }
  }

  /** Has those clones of a namespace reconciled. */
  void wakeAll(String namespace, Predicate<C> which) {
    if (isRunning()) {
      clones
          .list(namespace, which)
          .map(ResourceID::fromResource)
          .forEach(clone -> getEventHandler().handleEvent(new Event(clone)));
    }
  }

  /** Runs the work that reconciles the clone, which changes that it makes itself do not wake. */
  <T> T reconciling(C clone, Supplier<T> work) {
    reconciled.set(ResourceID.fromResource(clone));
    try {
      return ReconcilerDependencies.turn(work);
    } finally {
      reconciled.remove();
    }
  }

  @Override
  public void onResourceDeleted(C clone) {
    onDelete.accept(clone);
  }

  private void wake(Set<String> keys, boolean own) {
    if (isRunning()) {
      keys.stream()
          .filter(key -> !Keys.isAnywhere(key))
          .flatMap(key -> interested.find(key).stream())
          .map(ResourceID::fromResource)
          .distinct()
          .filter(clone -> !own || !clone.equals(reconciled.get()))
          .forEach(clone -> getEventHandler().handleEvent(new Event(clone)));
    }
  }

  @Override
  public Set<R> getSecondaryResources(C primary) {
    return Set.of();
  }
}
