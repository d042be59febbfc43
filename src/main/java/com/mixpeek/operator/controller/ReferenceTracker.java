package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.catalog.ReferenceCycles;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookups;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Knows who refers by name to whom, in both kinds: wakes the resources that a change of another one
 * concerns, and finds those that wait for each other in a circle.
 */
public final class ReferenceTracker {

  private final ResourceCache<Collection> collections;
  private final ResourceCache<Taxonomy> taxonomies;
  private final Lookups lookups;
  private final PendingGracePeriod gracePeriod = new PendingGracePeriod();

  /** What was found when all that waits was last looked at, and when that was. */
  private ReferenceCycles cycles = ReferenceCycles.NONE;

  private long lookedAt;
  private boolean outdated = true;

  public ReferenceTracker(
      ResourceCache<Collection> collections, ResourceCache<Taxonomy> taxonomies) {
    this.collections = collections;
    this.taxonomies = taxonomies;
    this.lookups = new Lookups(collections, taxonomies);
    collections.addListener((resource, keys, own) -> changed(resource));
    taxonomies.addListener((resource, keys, own) -> changed(resource));
    collections.whenSynced(this::start);
    taxonomies.whenSynced(this::start);
  }

  /** Nothing is judged of one kind before all can be seen that there is of the other. */
  boolean isSynced() {
    return collections.isSynced() && taxonomies.isSynced();
  }

  private void start() {
    if (isSynced()) {
      collections.wakeAll(resource -> !resource.references().isEmpty());
      taxonomies.wakeAll(resource -> !resource.references().isEmpty());
    }
  }

  Lookups lookups() {
    return lookups;
  }

  /** How long the resource's wait is still to be kept back, empty once it is to be reported. */
  Optional<Duration> left(CatalogResource<?> resource) {
    return gracePeriod.left(resource);
  }

  /** Forgets a resource that no longer waits. */
  void end(CatalogResource<?> resource) {
    gracePeriod.end(resource);
  }

  /**
   * The circles among all that waits, as they were at some moment since the resource began to wait.
   * So one look serves all that begin to wait within one grace period, and of many that come one by
   * one none costs a look at all others.
   */
  ReferenceCycles cycles(CatalogResource<?> waiting) {
    ReferenceCycles found;
    synchronized (this) {
      if (!outdated && lookedAt - gracePeriod.since(waiting) >= 0) {
        return cycles;
      }
      lookedAt = System.nanoTime();
      outdated = false;
      cycles = ReferenceCycles.of(lookups.find(Keys.UNRESOLVED));
      found = cycles;
    }
    found.members().stream()
        .filter(member -> !member.isReported(Reason.ReferenceCycle))
        .forEach(this::wake);
    return found;
  }

  private void changed(CatalogResource<?> resource) {
    if (!isSynced()) {
      return;
    }
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.getMetadata().getName();
    Optional<? extends CatalogResource<?>> now = current(resource);
    if (now.isEmpty()) {
      gracePeriod.end(resource);
    }
    broken(resource, now).forEach(this::wake);
    lookups.find(Keys.referrers(resource.getKind(), namespace, name)).forEach(this::wake);
  }

  /** The members of the circles, if a member is no longer what made it one. */
  private synchronized List<CatalogResource<?>> broken(
      CatalogResource<?> resource, Optional<? extends CatalogResource<?>> now) {
    Optional<CatalogResource<?>> member = cycles.member(resource);
    boolean same =
        member.isEmpty()
            || now.filter(n -> n.reportedId().isEmpty() && isSameSpec(n, member.get())).isPresent();
    if (same) {
      return List.of();
    }
    outdated = true;
    List<CatalogResource<?>> members = cycles.members();
    cycles = ReferenceCycles.NONE;
    return members;
  }

  private static boolean isSameSpec(CatalogResource<?> one, CatalogResource<?> other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid())
        && Objects.equals(one.getMetadata().getGeneration(), other.getMetadata().getGeneration());
  }

  private Optional<? extends CatalogResource<?>> current(CatalogResource<?> resource) {
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.getMetadata().getName();
    return resource instanceof Collection
        ? collections.get(namespace, name)
        : taxonomies.get(namespace, name);
  }

  private void wake(CatalogResource<?> resource) {
    if (resource instanceof Collection collection) {
      collections.wake(collection);
    } else {
      taxonomies.wake((Taxonomy) resource);
    }
  }
}
