package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.connection.ConnectionMetrics;
import com.mixpeek.operator.connection.catalog.Release;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import com.mixpeek.operator.lookup.Keys;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns IDs to what nobody cloned, to targets whose clone's turn was interrupted, and to what
 * stands for something at Mixpeek.
 *
 * @param <R> the resource type, which the SDK reads from the one-line subclasses
 */
public abstract class CatalogReconciler<R extends CatalogResource<?>>
    implements Reconciler<R>, AutoCloseable {

  /**
   * How often the SDK looks for what was created here and deleted by others before any list or
   * watch had shown it: nobody is told of that. By itself it looks every three minutes.
   */
  static final long UNSEEN_DELETION_CHECK_MILLIS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(CatalogReconciler.class);

  /**
   * On what is to be deleted at Mixpeek before it is deleted in the cluster, and on nothing else.
   */
  private static final String FINALIZER = "mixpeek.com/remote";

  private final CatalogKind<?, R> kind;
  private final ResourceCache<R> resources;
  private final NameLocks locks;
  private final RemoteCatalog<R> remote;
  private final ReconcilerDependencies dependencies;
  private final RemoteDeletions<R> deletions = new RemoteDeletions<>(this::release);
  private final IdAssigner<R> ids;

  CatalogReconciler(
      CatalogKind<?, R> kind,
      ResourceCache<R> resources,
      NameLocks locks,
      RemoteCatalog<R> remote,
      ReconcilerDependencies dependencies) {
    this.remote = remote;
    this.kind = kind;
    this.resources = resources;
    this.locks = locks;
    this.dependencies = dependencies;
    this.ids = new IdAssigner<>(kind, resources, remote, dependencies);
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    resources.readFrom(context.getPrimaryCache());
    dependencies.leadership().onStart(resources::wakeAll);
    dependencies.leadership().onStart(() -> resources.all().forEach(this::deleteRemotely));
    resources.whenSynced(() -> resources.all().forEach(this::deleteRemotely));
    resources.addListener(
        (resource, keys, own) -> latest(resource).ifPresent(this::deleteRemotely));
    remote.onWake(
        (namespace, connection) ->
            resources
                .through(namespace, connection)
                .forEach(
                    resource -> {
                      resources.wake(resource);
                      deleteRemotely(resource);
                    }));
    dependencies.countUnreadable(kind.resourceType(), context.getPrimaryCache());
    ReasonGauges.register(
        dependencies.metrics(),
        "mixpeek.resources",
        Tags.of("kind", kind.resourceType().getSimpleName()),
        Reason.ofCatalog(),
        context.getPrimaryCache());
    ConnectionMetrics.oldestWaiting(
        dependencies.metrics(),
        dependencies.clock(),
        kind.resourceType(),
        context.getPrimaryCache());
    return List.of(resources);
  }

  @Override
  public UpdateControl<R> reconcile(R resource, Context<R> context) {
    if (!resource.unreadable().isEmpty()) {
      ReconciliationLogger.passedOver(LOG, resource, resource.unreadable());
      return UpdateControl.noUpdate();
    }
    if (!dependencies.leadership().leads()) {
      return UpdateControl.noUpdate();
    }
    Optional<Duration> again = ReconcilerDependencies.turn(() -> assign(resource));
    UpdateControl<R> done =
        again
            .map(left -> UpdateControl.<R>noUpdate().rescheduleAfter(left))
            .orElseGet(UpdateControl::noUpdate);
    return RecreatedResources.notDelayed(resource, resources::get, done);
  }

  private Optional<Duration> assign(R resource) {
    return resource.connection().isPresent() || resource.hasFinalizer(FINALIZER)
        ? latest(resource).filter(now -> !now.isMarkedForDeletion()).flatMap(this::remotely)
        : assignLocked(resource);
  }

  private Optional<Duration> assignLocked(R resource) {
    Set<String> claims = Keys.claims(kind, resource);
    // Its own name too, which the clone holds that has just created it and assigns its ID.
    Set<String> keys = new LinkedHashSet<>(claims);
    keys.add(Keys.name(resource.getMetadata().getNamespace(), resource.getMetadata().getName()));
    Optional<IdAssigner.Assignment<R>> done =
        locks.locked(
            keys,
            () ->
                readable(resource)
                    .filter(now -> claims.containsAll(Keys.claims(kind, now)))
                    .map(ids::assign));
    return done.isPresent()
        ? done.get().keptBack()
        // It claims more by now: it was renamed, or has got its ID, of which no event tells.
        : readable(resource)
            .filter(now -> !claims.containsAll(Keys.claims(kind, now)))
            .flatMap(this::assignLocked);
  }

  /**
   * Without locks, which others would wait for as long as Mixpeek takes to answer: who has a name
   * or ID first can be seen of what stands in the cache.
   */
  private Optional<Duration> remotely(R resource) {
    // Before anything is made at Mixpeek, or nobody would delete it there.
    R now = finalizer(resource, resource.deletesRemotely());
    return ids.assign(now).keptBack();
  }

  /** Looks for what is to be deleted at Mixpeek, of which nothing is told by reconciling it. */
  private void deleteRemotely(R resource) {
    if (resource.isMarkedForDeletion() && resource.hasFinalizer(FINALIZER)) {
      deletions.begin(resource);
    }
  }

  private Optional<Duration> release(R changed) {
    Optional<R> latest =
        latest(changed).filter(now -> now.hasFinalizer(FINALIZER) && now.unreadable().isEmpty());
    if (latest.isEmpty() || !dependencies.leadership().leads()) {
      return Optional.empty();
    }
    R resource = latest.get();
    Release release = remote.release(resource, ids.resolved(resource));
    release.state().ifPresent(state -> ids.tell(resource, state));
    if (release.isDone()) {
      release
          .leftBehind()
          .ifPresent(
              note -> {
                dependencies.events().record(resource, true, "Delete", "LeftBehind", note);
                ReconciliationLogger.leftBehind(LOG, resource, note);
              });
      finalizer(resource, false);
    }
    return release.again();
  }

  /** Puts the finalizer on the resource, or takes it away, if that is not done. */
  private R finalizer(R resource, boolean wanted) {
    if (wanted == resource.hasFinalizer(FINALIZER)) {
      return resource;
    }
    List<String> finalizers = new ArrayList<>(resource.getFinalizers());
    if (wanted) {
      finalizers.add(FINALIZER);
    } else {
      finalizers.remove(FINALIZER);
    }
    R written =
        resources.write(
            resource,
            read -> dependencies.writer().values(read, Map.of("/metadata/finalizers", finalizers)));
    // The SDK tells nothing any more of the change that this is based on.
    resources.changed(resource, written);
    return written;
  }

  private Optional<R> readable(R resource) {
    return latest(resource).filter(now -> now.unreadable().isEmpty());
  }

  /** The resource as it is after our own last write; empty once deleted. */
  private Optional<R> latest(R resource) {
    return resources
        .get(resource.getMetadata().getNamespace(), resource.getMetadata().getName())
        .filter(r -> r.getMetadata().getUid().equals(resource.getMetadata().getUid()));
  }

  /** Ends the work on what is being deleted. */
  @Override
  public void close() {
    deletions.close();
  }

  @Override
  public ErrorStatusUpdateControl<R> updateErrorStatus(
      R resource, Context<R> context, Exception e) {
    ReconciliationLogger.retried(LOG, resource, e);
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }
}
