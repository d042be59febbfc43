package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.catalog.CatalogLogic;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.lookup.Keys;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns IDs.
 *
 * @param <R> the resource type, which the SDK reads from the one-line subclasses
 */
public abstract class CatalogReconciler<R extends CatalogResource<?>> implements Reconciler<R> {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogReconciler.class);

  private final CatalogKind<?, R> kind;
  private final ResourceCache<R> resources;
  private final NameLocks<R> locks;
  private final ReconcilerDependencies dependencies;
  private final CatalogLogic<R> logic;

  CatalogReconciler(
      CatalogKind<?, R> kind,
      ResourceCache<R> resources,
      NameLocks<R> locks,
      ReconcilerDependencies dependencies) {
    this.kind = kind;
    this.resources = resources;
    this.locks = locks;
    this.dependencies = dependencies;
    this.logic = new CatalogLogic<>(kind);
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    resources.readFrom(context.getPrimaryCache());
    dependencies.leadership().onStart(resources::wakeAll);
    return List.of(resources);
  }

  @Override
  public UpdateControl<R> reconcile(R resource, Context<R> context) {
    if (!dependencies.leadership().leads()) {
      return UpdateControl.noUpdate();
    }
    Set<String> claims = Keys.claims(kind, resource);
    locks.alone(
        claims,
        () -> {
          // One that was renamed meanwhile comes again with its own event, and its own claims.
          latest(resource)
              .filter(now -> claims.containsAll(Keys.claims(kind, now)))
              .ifPresent(this::report);
          return null;
        });
    return UpdateControl.noUpdate();
  }

  private void report(R resource) {
    ReportedStatus status = logic.status(resource, resources, dependencies.clock().instant());
    if (!dependencies.writer().isUnchanged(resource.getStatus(), status)) {
      R written = dependencies.writer().status(resource, status);
      locks.wrote(Keys.claims(kind, written), written);
      ReconciliationLogger.reported(LOG, written, status);
    }
  }

  /** The resource as the cache has it once it shows our own last write; empty once deleted. */
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
