package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.SharedTargets;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.clone.Verdict.HasTarget;
import com.mixpeek.operator.cluster.RecentWrites;
import io.fabric8.kubernetes.api.model.Condition;
import org.slf4j.Logger;

/**
 * Tells what was decided about clones of a kind: in the status, and as an Event where the reason
 * changes.
 *
 * @param <C> the clone's type
 */
final class CloneReporter<C extends CloneResource<?>> {

  private static final String ACTION = "Clone";

  private final Logger log;
  private final ReconcilerDependencies dependencies;
  private final RecentWrites<C> recent;
  private final CloneMetrics metrics;

  /**
   * @param recent what is written of the clones
   */
  CloneReporter(
      Logger log,
      ReconcilerDependencies dependencies,
      RecentWrites<C> recent,
      CloneMetrics metrics) {
    this.log = log;
    this.dependencies = dependencies;
    this.recent = recent;
    this.metrics = metrics;
  }

  /** Writes the status, if it says anything new. */
  void report(C clone, CloneStatus status) {
    if (clone.isReported(status)) {
      return;
    }
    Condition ready = status.ready().orElseThrow();
    Reason reason = Reason.valueOf(ready.getReason());
    if (!clone.isReported(reason)) {
      boolean warning = reason.stalled() || reason == Reason.CreateRefused;
      dependencies.events().record(clone, warning, ACTION, ready.getReason(), ready.getMessage());
    }
    recent.write(clone, read -> dependencies.writer().status(read, status));
    ReconciliationLogger.reported(log, clone, status);
    if (status.id() != null && clone.reportedId().isEmpty()) {
      metrics.ready(clone);
    }
  }

  /** Warns once of what the clone's target shares with others, when it is done. */
  void warnOfSharedTargets(C clone, Verdict<? extends CatalogResource<?>> verdict) {
    if (verdict instanceof HasTarget<? extends CatalogResource<?>> result
        && result.reason() == Reason.Cloned
        && !clone.isReported(Reason.Cloned)) {
      SharedTargets.warning(clone, result.target())
          .ifPresent(
              w -> dependencies.events().record(clone, true, ACTION, SharedTargets.REASON, w));
    }
  }
}
