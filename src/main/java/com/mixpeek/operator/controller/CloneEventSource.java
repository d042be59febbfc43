package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cluster.ResourceCache;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Wakes the clones that a change of a Collection or Taxonomy concerns, and no others: an index over
 * the clones' cache says which key each of them waits for or made.
 *
 * @param <C> the clone's type
 * @param <R> the type of what is cloned
 */
public final class CloneEventSource<C extends CloneResource<?>, R extends CatalogResource<?>>
    extends AbstractEventSource<R, C> {

  private static final String INDEX = "interests";

  private final ResourceCache<R> resources;
  private final IndexerResourceCache<C> clones;

  /**
   * @param interests the keys whose changes concern a clone
   */
  public CloneEventSource(
      Class<R> resourceType,
      ResourceCache<R> resources,
      IndexerResourceCache<C> clones,
      Function<C, Set<String>> interests) {
    super(resourceType, resourceType.getSimpleName() + " changes");
    this.resources = resources;
    this.clones = clones;
    clones.addIndexers(Map.of(INDEX, clone -> List.copyOf(interests.apply(clone))));
    resources.onChange((resource, keys) -> wake(keys));
  }

  /**
   * Waits for the resources: no clone is judged before all that exists can be seen, or it would be
   * told that its target is missing.
   */
  @Override
  public void start() {
    resources.awaitSynced();
    super.start();
  }

  /** Has every clone looked at again: nothing was done about any while another process led. */
  public void wakeAll() {
    if (isRunning()) {
      clones.keys().forEach(clone -> getEventHandler().handleEvent(new Event(clone)));
    }
  }

  private void wake(Set<String> keys) {
    if (isRunning()) {
      keys.stream()
          .flatMap(key -> clones.byIndex(INDEX, key).stream())
          .map(ResourceID::fromResource)
          .distinct()
          .forEach(clone -> getEventHandler().handleEvent(new Event(clone)));
    }
  }

  @Override
  public Set<R> getSecondaryResources(C primary) {
    return Set.of();
  }
}
