package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.SharedTargets;
import com.mixpeek.operator.clone.StatusLogic;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.clone.Verdict.Blocked;
import com.mixpeek.operator.clone.Verdict.Create;
import com.mixpeek.operator.clone.Verdict.HasTarget;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.lookup.Keys;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

  /**
   * How long an ID may take before the clone says that it waits for it: one write less as a rule.
   */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private final CatalogKind<C, R> kind;
  private final ResourceCache<R> resources;
  private final NameLocks<R> locks;
  private final ReconcilerDependencies dependencies;
  private final CloneLogic<C, R> logic;
  private final TargetWriter<C, R> targets;
  private final PendingGracePeriod gracePeriod;
  private CloneMetrics metrics;

  CloneReconciler(
      CatalogKind<C, R> kind,
      ResourceCache<R> resources,
      NameLocks<R> locks,
      ReconcilerDependencies dependencies) {
    this.kind = kind;
    this.resources = resources;
    this.locks = locks;
    this.dependencies = dependencies;
    this.logic = new CloneLogic<>(kind);
    this.targets = new TargetWriter<>(kind, dependencies.writer());
    this.gracePeriod = new PendingGracePeriod(MOMENT, dependencies.clock());
  }

  @Override
  public List<EventSource<?, C>> prepareEventSources(EventSourceContext<C> context) {
    IndexerResourceCache<C> clones = context.getPrimaryCache();
    CloneEventSource<C, R> eventSource =
        new CloneEventSource<>(kind.resourceType(), resources, clones, this::interests);
    dependencies.leadership().onStart(eventSource::wakeAll);
    metrics =
        new CloneMetrics(
            dependencies.metrics(),
            dependencies.clock(),
            kind.cloneType().getSimpleName(),
            () -> eventSource.isRunning() ? byReason(clones) : Map.of());
    return List.of(eventSource);
  }

  @Override
  public UpdateControl<C> reconcile(C clone, Context<C> context) {
    if (!dependencies.leadership().leads()) {
      return UpdateControl.noUpdate();
    }
    Verdict<R> verdict = logic.decide(clone, resources);
    if (verdict instanceof Create) {
      verdict = locks.alone(claims(clone), () -> createIfStillRight(clone));
    }
    if (verdict instanceof HasTarget<R> result) {
      targets.follow(clone, result.target());
      Optional<Duration> left = gracePeriod.left(clone, result.reason() == Reason.TargetPending);
      if (left.isPresent()) {
        return UpdateControl.<C>noUpdate().rescheduleAfter(left.get());
      }
      warnOfSharedTargets(clone, result);
      report(clone, StatusLogic.of(kind, clone, result, dependencies.clock().instant()), context);
    } else if (verdict instanceof Blocked<R> blocked) {
      report(clone, StatusLogic.of(kind, clone, blocked, dependencies.clock().instant()), context);
      if (blocked.reason() == Reason.CreateRefused) {
        throw new CreateRefusedException(blocked.message());
      }
    }
    return UpdateControl.noUpdate();
  }

  /** Decides again, now that nobody else can take the name, and creates. */
  private Verdict<R> createIfStillRight(C clone) {
    Verdict<R> verdict = logic.decide(clone, resources);
    if (!(verdict instanceof Create<R> create)) {
      return verdict;
    }
    Verdict<R> created = targets.create(clone, create);
    if (created instanceof HasTarget<R> result) {
      locks.wrote(claims(clone), result.target());
    }
    return created;
  }

  private void warnOfSharedTargets(C clone, HasTarget<R> result) {
    if (result.reason() == Reason.Cloned && !reason(clone).equals(Reason.Cloned.name())) {
      SharedTargets.warning(clone, result.target())
          .ifPresent(
              w -> dependencies.events().record(clone, true, "Clone", SharedTargets.REASON, w));
    }
  }

  private void report(C clone, CloneStatus status, Context<C> context) {
    if (dependencies.writer().isUnchanged(clone.getStatus(), status)) {
      return;
    }
    Condition ready = status.ready().orElseThrow();
    if (!reason(clone).equals(ready.getReason())) {
      Reason reason = Reason.valueOf(ready.getReason());
      boolean warning = reason.stalled() || reason == Reason.CreateRefused;
      dependencies.events().record(clone, warning, "Clone", ready.getReason(), ready.getMessage());
    }
    context
        .resourceOperations()
        .resourcePatch(
            clone,
            read -> dependencies.writer().status(read, status),
            context.eventSourceRetriever().getControllerEventSource());
    ReconciliationLogger.reported(LOG, clone, status);
    boolean toldBefore = clone.getStatus() != null && clone.getStatus().id() != null;
    if (status.id() != null && !toldBefore) {
      metrics.ready(clone);
    }
  }

  private Map<String, Long> byReason(IndexerResourceCache<C> clones) {
    return clones.list().collect(Collectors.groupingBy(this::reason, Collectors.counting()));
  }

  private String reason(C clone) {
    return Optional.ofNullable(clone.getStatus())
        .flatMap(s -> s.ready())
        .map(Condition::getReason)
        .orElse("");
  }

  /**
   * What only one can have, and this clone would take: the new catalog name and the target's name.
   */
  private Set<String> claims(C clone) {
    String namespace = clone.getMetadata().getNamespace();
    return Set.of(
        Keys.catalogName(namespace, logic.newName(clone)),
        Keys.name(namespace, clone.targetName()));
  }

  /** Whose changes concern the clone: what it waits for, or once it is done, what it made. */
  private Set<String> interests(C clone) {
    String namespace = clone.getMetadata().getNamespace();
    if (clone.hasTarget()) {
      return Set.of(Keys.name(namespace, clone.getStatus().getTargetName()));
    }
    Set<String> keys = new LinkedHashSet<>(claims(clone));
    keys.add(logic.sourceKey(clone));
    keys.add(Keys.cloneUid(namespace, clone.getMetadata().getUid()));
    return keys;
  }

  @Override
  public ErrorStatusUpdateControl<C> updateErrorStatus(C clone, Context<C> context, Exception e) {
    ReconciliationLogger.retried(LOG, clone, e);
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }
}
