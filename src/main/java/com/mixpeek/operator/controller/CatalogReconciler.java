package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.lookup.Keys;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns IDs to what nobody cloned, and to targets whose clone's turn was interrupted.
 *
 * @param <R> the resource type, which the SDK reads from the one-line subclasses
 */
public abstract class CatalogReconciler<R extends CatalogResource<?>> implements Reconciler<R> {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogReconciler.class);

  private final CatalogKind<?, R> kind;
  private final ResourceCache<R> resources;
  private final NameLocks locks;
  private final ReconcilerDependencies dependencies;
  private final IdAssigner<R> ids;

  CatalogReconciler(
      CatalogKind<?, R> kind,
      ResourceCache<R> resources,
      NameLocks locks,
      ReconcilerDependencies dependencies) {
    this.kind = kind;
    this.resources = resources;
    this.locks = locks;
    this.dependencies = dependencies;
    this.ids = new IdAssigner<>(kind, resources, dependencies);
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    resources.readFrom(context.getPrimaryCache());
    dependencies.leadership().onStart(resources::wakeAll);
    dependencies.countUnreadable(kind.resourceType(), context.getPrimaryCache());
    return List.of(resources);
  }

  @Override
  public UpdateControl<R> reconcile(R resource, Context<R> context) {
    if (!resource.unreadable().isEmpty()) {
      ReconciliationLogger.passedOver(LOG, resource, resource.unreadable());
    } else if (dependencies.leadership().leads()) {
      Set<String> claims = Keys.claims(kind, resource);
      Optional<IdAssigner.Assignment<R>> assignment =
          locks.locked(
              claims,
              () ->
                  // One that was renamed meanwhile comes again with its own event, other claims.
                  latest(resource)
                      .filter(now -> now.unreadable().isEmpty())
                      .filter(now -> claims.containsAll(Keys.claims(kind, now)))
                      .map(ids::assign));
      Optional<Duration> keptBack = assignment.flatMap(IdAssigner.Assignment::keptBack);
      if (keptBack.isPresent()) {
        return UpdateControl.<R>noUpdate().rescheduleAfter(keptBack.get());
      }
    }
    return UpdateControl.noUpdate();
  }

  /** The resource as it is after our own last write; empty once deleted. */
  private Optional<R> latest(R resource) {
    return resources
        .get(resource.getMetadata().getNamespace(), resource.getMetadata().getName())
        .filter(r -> r.getMetadata().getUid().equals(resource.getMetadata().getUid()));
  }

  @Override
  public ErrorStatusUpdateControl<R> updateErrorStatus(
      R resource, Context<R> context, Exception e) {
    ReconciliationLogger.retried(LOG, resource, e);
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }
}
