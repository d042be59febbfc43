package com.mixpeek.operator.cluster;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The one cache of a kind, shared by everyone who looks at it.
 *
 * <p>An event source of the kind's own controller: it reads the cache of that controller's informer
 * and is told every change in it, so that the clone's controller needs no informer, watch and copy
 * in memory of its own. The operator writes the kind through it: a write is found at once, before
 * the watch brings it, and the watch event that it causes wakes nobody a second time.
 *
 * @param <R> the resource type
 */
public final class ResourceCache<R extends CatalogResource<?>> extends AbstractEventSource<R, R>
    implements ResourceEventAware<R>, Lookup<R> {

  private final CatalogKind<?, R> kind;
  private final CountDownLatch synced = new CountDownLatch(1);
  private final List<Listener<R>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> whenSynced = new CopyOnWriteArrayList<>();

  /**
   * What each resource claimed when that was told last. Of several changes while a write is under
   * way the SDK tells the last alone, and of a change that such a write is based on it tells
   * nothing.
   */
  private final Map<ResourceID, Claims> claims = new ConcurrentHashMap<>();

  private volatile ControllerEventSource<R> informed;

  private volatile RecentWrites<R> recent;

  private volatile KeyIndex<R> index;

  /**
   * What decides who of several has a name or ID: as long as it stays, nothing changes for others.
   *
   * @param keys what is claimed
   * @param uid whose claim it is
   * @param assigned whether it has its ID
   */
  private record Claims(Set<String> keys, String uid, boolean assigned) {

    private static final Claims NONE = new Claims(Set.of(), "", false);

    private static Claims of(CatalogKind<?, ?> kind, CatalogResource<?> resource) {
      return new Claims(
          Set.copyOf(Keys.claims(kind, resource)),
          resource.getMetadata().getUid(),
          resource.reportedId().isPresent());
    }
  }

  /** Is told of changes. */
  @FunctionalInterface
  public interface Listener<R> {

    /**
     * A resource was created, changed or deleted.
     *
     * @param keys every key that it answered to or answers to
     * @param own whether this thread has done it, and not others, of whom it may be told as well
     */
    void changed(R resource, Set<String> keys, boolean own);
  }

  public ResourceCache(CatalogKind<?, R> kind) {
    super(kind.resourceType(), kind.name() + " cache");
    this.kind = kind;
  }

  /** Takes the cache of the kind's own controller; before that controller starts. */
  public void readFrom(IndexerResourceCache<R> primaries) {
    index = new KeyIndex<>(primaries, this::indexed);
    informed = (ControllerEventSource<R>) primaries;
    recent = new RecentWrites<>(informed, this::indexed);
  }

  /** All keys but the name, by which the cache itself finds: an entry takes half a kilobyte. */
  private List<String> indexed(R resource) {
    return Keys.of(kind, resource).stream().filter(key -> !Keys.isName(key)).toList();
  }

  @Override
  public List<R> find(String key) {
    if (Keys.isName(key)) {
      return get(Keys.namespace(key), Keys.value(key)).stream().toList();
    }
    if (recent.isEmpty()) {
      return index.find(key);
    }
    // In this order: what is no longer among the recent writes is in the index.
    Set<ResourceID> ids = new LinkedHashSet<>(recent.written(key));
    Map<ResourceID, R> shown = new HashMap<>();
    for (R indexed : index.find(key)) {
      ResourceID id = ResourceID.fromResource(indexed);
      shown.put(id, indexed);
      ids.add(id);
    }
    return ids.stream()
        .flatMap(id -> get(id).stream())
        .filter(
            latest ->
                latest == shown.get(ResourceID.fromResource(latest))
                    || Keys.of(kind, latest).contains(key))
        .toList();
  }

  /** The resource as it is after all that the operator itself has written. */
  public Optional<R> get(String namespace, String name) {
    return get(new ResourceID(name, namespace));
  }

  /** The same. */
  public Optional<R> get(ResourceID id) {
    return recent.get(id);
  }

  /** Sends a request that writes the resource, which every later look shows. */
  public R write(R resource, UnaryOperator<R> request) {
    return recent.write(resource, request);
  }

  public void addListener(Listener<R> listener) {
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

  /** Called by the SDK once the controller's informer is started; waits for its first list. */
  @Override
  public void start() {
    super.start();
    recent.awaitListed();
    synced.countDown();
    whenSynced.forEach(Runnable::run);
  }

  /** Whether the cache holds all that the cluster held when the operator started. */
  public boolean isSynced() {
    return synced.getCount() == 0;
  }

  /** Has the work done once the cache holds all that the cluster held when the operator started. */
  public void whenSynced(Runnable work) {
    whenSynced.add(work);
  }

  @Override
  public void onResourceCreated(R resource) {
    changed(resource, resource, false);
  }

  @Override
  public void onResourceUpdated(R resource, R before) {
    if (resource.getMetadata().getUid().equals(before.getMetadata().getUid())) {
      changed(before, resource, false);
    } else {
      // One was deleted, and another of its name created, while there was no watch.
      changed(before, before, false);
      changed(resource, resource, false);
    }
  }

  @Override
  public void onResourceDeleted(R resource) {
    changed(resource, resource, false);
  }

  /** Has every resource reconciled: nothing was done about any while another process led. */
  public void wakeAll() {
    wakeAll(resource -> true);
  }

  /** Has those resources reconciled. */
  public void wakeAll(Predicate<R> which) {
    with(informed.list(which), which).forEach(this::wake);
  }

  /** All that there are. */
  public List<R> all() {
    return with(informed.list(), resource -> true);
  }

  /** Those of a namespace that go through a Connection. */
  public List<R> through(String namespace, String connection) {
    Predicate<R> goes =
        r ->
            r.getMetadata().getNamespace().equals(namespace)
                && r.connection().filter(connection::equals).isPresent();
    return with(informed.list(namespace, goes), goes);
  }

  /** Those, and what was written and no watch has shown yet, of which the SDK lists nothing. */
  private List<R> with(Stream<R> shown, Predicate<R> which) {
    Set<ResourceID> written = recent.written();
    if (written.isEmpty()) {
      return shown.toList();
    }
    Map<ResourceID, R> found = new LinkedHashMap<>();
    shown.forEach(resource -> found.put(ResourceID.fromResource(resource), resource));
    for (ResourceID id : written) {
      recent.get(id).filter(which).ifPresent(latest -> found.put(id, latest));
    }
    return List.copyOf(found.values());
  }

  /** Has the resource reconciled by its own controller. */
  public void wake(R resource) {
    // Of an event that is not the resource's own, the SDK would take no notice if it is the first.
    getEventHandler()
        .handleEvent(
            new ResourceEvent(ResourceAction.UPDATED, ResourceID.fromResource(resource), resource));
  }

  /**
   * Wakes the others that claim the same name or ID, and tells the listeners, of what this thread
   * has written.
   */
  public void changed(R before, R resource) {
    changed(before, resource, true);
  }

  private void changed(R before, R resource, boolean own) {
    ResourceID id = ResourceID.fromResource(resource);
    Claims now = get(id).isPresent() ? Claims.of(kind, resource) : Claims.NONE;
    Claims last = told(id, now);
    Set<String> given = union(Keys.claims(kind, before), last.keys());
    // Before there is everything in the cache, nothing was decided that this could change.
    if (isSynced() && !(last.equals(now) && given.equals(now.keys()))) {
      union(given, now.keys()).stream()
          .flatMap(key -> find(key).stream())
          .filter(other -> !other.getMetadata().getName().equals(resource.getMetadata().getName()))
          .distinct()
          .forEach(this::wake);
    }
    Set<String> keys = union(given, union(Keys.of(kind, before), Keys.of(kind, resource)));
    listeners.forEach(listener -> listener.changed(resource, keys, own));
  }

  /**
   * Takes note of what the resource claims.
   *
   * @return what it claimed before
   */
  private Claims told(ResourceID id, Claims now) {
    Claims before = now == Claims.NONE ? claims.remove(id) : claims.put(id, now);
    return before == null ? Claims.NONE : before;
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
