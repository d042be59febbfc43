package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.ConnectionRef;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.StatusLogic;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.clone.Verdict.Blocked;
import com.mixpeek.operator.clone.Verdict.Create;
import com.mixpeek.operator.clone.Verdict.HasTarget;
import com.mixpeek.operator.clone.Verdict.Unchanged;
import com.mixpeek.operator.cluster.Backoff;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.RecentWrites;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.connection.Postponed;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import com.mixpeek.operator.connection.catalog.SourceUnknownException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what clones ask for: looks in the caches, decides, acts once, and writes the status once if
 * it changed.
 *
 * @param <C> the clone's type, which the SDK reads from the one-line subclasses
 * @param <R> the type of what is cloned
 */
public abstract class CloneReconciler<C extends CloneResource<?>, R extends CatalogResource<?>>
    implements Reconciler<C> {

  private static final Logger LOG = LoggerFactory.getLogger(CloneReconciler.class);

  /** When Mixpeek is asked again for a source that it did not have. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

  /** When a copy that was refused is tried again, which takes a request of those of a minute. */
  private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

  private final CatalogKind<C, R> kind;
  private final ResourceCache<R> resources;
  private final NameLocks locks;
  private final RemoteCatalog<R> remote;
  private final ReconcilerDependencies dependencies;
  private final CloneLogic<C, R> logic;
  private final TargetWriter<C, R> targets;
  private final PendingGracePeriod gracePeriod;
  private CloneEventSource<C, R> eventSource;
  private RecentWrites<C> recent;
  private CloneReporter<C> reporter;

  CloneReconciler(
      CatalogKind<C, R> kind,
      ResourceCache<R> resources,
      NameLocks locks,
      RemoteCatalog<R> remote,
      ReconcilerDependencies dependencies) {
    this.remote = remote;
    this.kind = kind;
    this.resources = resources;
    this.locks = locks;
    this.dependencies = dependencies;
    this.logic = new CloneLogic<>(kind);
    this.targets = new TargetWriter<>(kind, resources, remote, dependencies);
    this.gracePeriod = new PendingGracePeriod();
  }

  @Override
  public List<EventSource<?, C>> prepareEventSources(EventSourceContext<C> context) {
    ControllerEventSource<C> informed = (ControllerEventSource<C>) context.getPrimaryCache();
    recent = new RecentWrites<>(informed);
    eventSource =
        new CloneEventSource<>(
            kind.resourceType(), resources, informed, recent, this::interests, this::forget);
    dependencies.leadership().onStart(eventSource::wakeAll);
    remote.onWake(
        (namespace, connection) ->
            eventSource.wakeAll(namespace, clone -> waitsFor(clone, connection)));
    dependencies.countUnreadable(kind.cloneType(), informed);
    String cloneKind = kind.cloneType().getSimpleName();
    ReasonGauges.register(
        dependencies.metrics(),
        "mixpeek.clones",
        Tags.of("kind", cloneKind),
        Reason.ofClones(),
        informed);
    reporter =
        new CloneReporter<>(
            LOG,
            dependencies,
            recent,
            new CloneMetrics(dependencies.metrics(), dependencies.clock(), cloneKind));
    return List.of(eventSource);
  }

  @Override
  public UpdateControl<C> reconcile(C clone, Context<C> context) {
    if (!clone.unreadable().isEmpty()) {
      ReconciliationLogger.passedOver(LOG, clone, clone.unreadable());
      return UpdateControl.noUpdate();
    }
    if (!dependencies.leadership().leads()) {
      return UpdateControl.noUpdate();
    }
    UpdateControl<C> done = eventSource.reconciling(clone, () -> decideAndClose(latest(clone)));
    return RecreatedResources.notDelayed(clone, recent::get, done);
  }

  /** Whether a clone's source is yet to be found through the Connection. */
  private boolean waitsFor(C clone, String connection) {
    return clone.unreadable().isEmpty()
        && !clone.hasTarget()
        && clone.getSpec().getConnectionRef() != null
        && connection.equals(clone.getSpec().getConnectionRef().name());
  }

  /** Most are not looked at again for long, if ever. */
  private UpdateControl<C> decideAndClose(C clone) {
    try {
      return decideAndReport(clone);
    } finally {
      clone.getSpec().close();
      if (present(clone).isEmpty()) {
        // It was deleted meanwhile, and its turn has taken notes again of what is gone.
        forget(clone);
      }
    }
  }

  /** The clone as it is after its own last report, which an event may have overtaken. */
  private C latest(C clone) {
    return present(clone).orElse(clone);
  }

  /** The clone as it is by now, empty where it is no more. */
  private Optional<C> present(C clone) {
    return recent
        .get(ResourceID.fromResource(clone))
        .filter(now -> now.getMetadata().getUid().equals(clone.getMetadata().getUid()));
  }

  private UpdateControl<C> decideAndReport(C clone) {
    if (!logic.asksMixpeek(clone, resources)) {
      leave(clone);
      return decideAndReport(clone, Optional.empty());
    }
    return decideAfterAsking(clone);
  }

  private void forget(C clone) {
    gracePeriod.end(clone);
    if (clone.unreadable().isEmpty()) {
      leave(clone);
    }
  }

  /** Has nobody wait behind a clone that asks Mixpeek for nothing more. */
  private void leave(C clone) {
    ConnectionRef connection = clone.getSpec().getConnectionRef();
    if (connection != null) {
      var metadata = clone.getMetadata();
      remote.leave(metadata.getNamespace(), connection.name(), metadata.getUid());
    }
  }

  /** Asks Mixpeek for the source before anything is locked, as that may take long. */
  private UpdateControl<C> decideAfterAsking(C clone) {
    var metadata = clone.getMetadata();
    Verdict<R> unknown;
    Duration again;
    try {
      Optional<R> source =
          remote.source(
              metadata.getNamespace(),
              clone.getSpec().getConnectionRef().name(),
              metadata.getUid(),
              clone.getSpec().getSourceRef());
      UpdateControl<C> done = decideAndReport(clone, source);
      return source.isPresent() ? done : done.rescheduleAfter(LOOK_AGAIN);
    } catch (CreateRefusedException e) {
      ReconciliationLogger.retried(LOG, clone, e);
      return UpdateControl.<C>noUpdate().rescheduleAfter(Backoff.spread(TRY_AGAIN));
    } catch (SourceUnknownException e) {
      unknown = new Blocked<>(Reason.SourceNotReady, e.getMessage());
      again = e.again();
    } catch (Postponed e) {
      again = e.left();
      if (isFoundOut(clone)) {
        return UpdateControl.<C>noUpdate().rescheduleAfter(again);
      }
      unknown =
          new Blocked<>(
              Reason.SourceNotReady,
              "Mixpeek is asked for the source when its turn comes, about %s."
                  .formatted(e.minute(dependencies.clock().instant())));
    }
    if (again.compareTo(PendingGracePeriod.LENGTH.multipliedBy(2)) > 0
        || gracePeriod.left(clone).isEmpty()) {
      StatusLogic.of(kind, clone, unknown, dependencies.clock().instant())
          .ifPresent(status -> reporter.report(clone, status));
    }
    return UpdateControl.<C>noUpdate().rescheduleAfter(again);
  }

  /**
   * Whether it is told of this very spec what came of asking, which holds until the next answer.
   */
  private boolean isFoundOut(C clone) {
    return clone.ready().isPresent()
        && !clone.isReported(Reason.SourceNotReady)
        && Objects.equals(
            clone.getStatus().getObservedGeneration(), clone.getMetadata().getGeneration());
  }

  private UpdateControl<C> decideAndReport(C clone, Optional<R> elsewhere) {
    Verdict<R> verdict =
        clone.hasTarget()
            ? logic.decide(clone, resources)
            : locks.locked(logic.claims(clone), () -> decideAndCreate(clone, elsewhere));
    if (verdict instanceof HasTarget<R> result) {
      targets.follow(clone, result.target());
    }
    if (isPassing(clone, verdict)) {
      Optional<Duration> left = gracePeriod.left(clone);
      if (left.isPresent()) {
        return UpdateControl.<C>noUpdate().rescheduleAfter(left.get());
      }
    } else {
      gracePeriod.end(clone);
    }
    reporter.warnOfSharedTargets(clone, verdict);
    StatusLogic.of(kind, clone, verdict, dependencies.clock().instant())
        .ifPresent(status -> reporter.report(clone, status));
    if (verdict instanceof Blocked<R> blocked && blocked.reason() == Reason.CreateRefused) {
      throw new CreateRefusedException(blocked.message());
    }
    return UpdateControl.noUpdate();
  }

  /**
   * Nobody else can take the names meanwhile. For them, or for Mixpeek, it may have been waited so
   * long that the clone is no more, or wants something else, of which its own event tells.
   */
  private Verdict<R> decideAndCreate(C clone, Optional<R> elsewhere) {
    boolean wanted =
        present(clone)
            .filter(now -> !now.isMarkedForDeletion())
            .map(now -> now.getMetadata().getGeneration())
            .filter(clone.getMetadata().getGeneration()::equals)
            .isPresent();
    if (!wanted) {
      return new Unchanged<>();
    }
    Verdict<R> verdict = logic.decide(clone, resources, elsewhere);
    return verdict instanceof Create<R> create ? targets.create(clone, create) : verdict;
  }

  /**
   * Whether all that it waits for comes by itself, as a rule within a moment, and that is not
   * reported yet.
   */
  private boolean isPassing(C clone, Verdict<R> verdict) {
    return !clone.hasTarget()
            && verdict instanceof HasTarget<R> result
            && result.reason() == Reason.TargetPending
        || verdict instanceof Blocked<R> blocked
            && blocked.passing()
            && !clone.isReported(blocked.reason());
  }

  private Set<String> interests(C clone) {
    Set<String> keys = logic.interests(clone);
    if (clone.unreadable().isEmpty()) {
      // Of one that waits nothing more comes, often, than the event of its own status.
      clone.getSpec().close();
    }
    return keys;
  }

  @Override
  public ErrorStatusUpdateControl<C> updateErrorStatus(C clone, Context<C> context, Exception e) {
    ReconciliationLogger.retried(LOG, clone, e);
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }
}
