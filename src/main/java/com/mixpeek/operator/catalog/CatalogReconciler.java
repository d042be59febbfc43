package com.mixpeek.operator.catalog;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.cluster.ResourceStore;
import com.mixpeek.operator.cluster.StepLog;
import com.mixpeek.operator.cluster.Workbench;
import com.mixpeek.operator.cluster.WriteBarrier;
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
  private final ResourceStore<R> store;
  private final WriteBarrier<R> barrier;
  private final Workbench bench;
  private final CatalogLogic<R> logic;

  CatalogReconciler(
      CatalogKind<?, R> kind, ResourceStore<R> store, WriteBarrier<R> barrier, Workbench bench) {
    this.kind = kind;
    this.store = store;
    this.barrier = barrier;
    this.bench = bench;
    this.logic = new CatalogLogic<>(kind);
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    store.readFrom(context.getPrimaryCache());
    bench.leadership().onStart(store::wakeAll);
    return List.of(store);
  }

  @Override
  public UpdateControl<R> reconcile(R resource, Context<R> context) {
    if (!bench.leadership().leads()) {
      return UpdateControl.noUpdate();
    }
    Set<String> claims = Keys.claims(kind, resource);
    barrier.alone(
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
    ReportedStatus status = logic.status(resource, store, bench.clock().instant());
    if (!bench.writer().says(resource.getStatus(), status)) {
      R written = bench.writer().status(resource, status);
      barrier.wrote(Keys.claims(kind, written), written);
      StepLog.reported(LOG, written, status);
    }
  }

  /** The resource as the cache has it once it shows our own last write; empty once deleted. */
  private Optional<R> latest(R resource) {
    return store
        .get(resource.getMetadata().getNamespace(), resource.getMetadata().getName())
        .filter(r -> r.getMetadata().getUid().equals(resource.getMetadata().getUid()));
  }

  @Override
  public ErrorStatusUpdateControl<R> updateErrorStatus(
      R resource, Context<R> context, Exception e) {
    StepLog.retried(LOG, resource, e);
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }
}
