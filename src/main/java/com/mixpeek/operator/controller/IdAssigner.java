package com.mixpeek.operator.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.catalog.CatalogLogic;
import com.mixpeek.operator.catalog.ReferenceCycles;
import com.mixpeek.operator.catalog.RemoteState;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.connection.catalog.Outcome;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import com.mixpeek.operator.lookup.Lookups;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the ID of a Collection or Taxonomy, or why it has none. Both controllers call it, under
 * the locks of what the resource claims unless Mixpeek assigns the ID.
 *
 * @param <R> the resource type
 */
final class IdAssigner<R extends CatalogResource<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(IdAssigner.class);

  private static final Set<Reason> WAITS =
      Set.of(Reason.ReferenceNotFound, Reason.ReferenceNotReady);

  private final ResourceCache<R> resources;
  private final RemoteCatalog<R> remote;
  private final ReconcilerDependencies dependencies;
  private final CatalogLogic<R> logic;

  /**
   * What became of an assignment.
   *
   * @param resource as it is now
   * @param keptBack when to come again: until then it is not to be said that the ID waits for
   *     others' IDs, or Mixpeek is not to be asked; empty where no time has to pass
   */
  record Assignment<R>(R resource, Optional<Duration> keptBack) {}

  IdAssigner(
      CatalogKind<?, R> kind,
      ResourceCache<R> resources,
      RemoteCatalog<R> remote,
      ReconcilerDependencies dependencies) {
    this.remote = remote;
    this.resources = resources;
    this.dependencies = dependencies;
    this.logic = new CatalogLogic<>(kind);
  }

  /** Writes the status, if it changed and is to be said already, and wakes whom it concerns. */
  Assignment<R> assign(R resource) {
    ReferenceTracker references = dependencies.references();
    if (!resource.references().isEmpty() && !references.isSynced()) {
      return new Assignment<>(resource, Optional.of(PendingGracePeriod.LENGTH));
    }
    Optional<ReportedStatus> status = decide(resource, ReferenceCycles.NONE);
    if (status.filter(IdAssigner::waits).isPresent()) {
      Optional<Duration> left = references.left(resource);
      if (left.isPresent() && !says(resource.getStatus(), status.get())) {
        return new Assignment<>(resource, left);
      }
      if (status.get().id() == null) {
        status = decide(resource, references.cycles(resource));
      }
    } else {
      references.end(resource);
    }
    return status
        .map(told -> new Assignment<>(report(resource, told), Optional.empty()))
        .orElseGet(() -> remotely(resource));
  }

  /** What is to be reported; empty where nothing stands in the way of asking Mixpeek. */
  private Optional<ReportedStatus> decide(R resource, ReferenceCycles cycles) {
    Lookups lookups = dependencies.references().lookups();
    Instant now = dependencies.clock().instant();
    return resource.connection().isPresent()
        ? logic.obstacle(resource, resources, lookups, cycles, now)
        : Optional.of(logic.status(resource, resources, lookups, cycles, now));
  }

  /** Asks Mixpeek, where nothing in the cluster stands in the way. */
  private Assignment<R> remotely(R resource) {
    Outcome<R> outcome = remote.reconcile(resource, resolved(resource), this::tell);
    R now = outcome.resource();
    return new Assignment<>(
        outcome.state().map(state -> tell(now, state)).orElse(now), outcome.again());
  }

  /** The spec with IDs in place of those names that can be resolved. */
  ObjectNode resolved(R resource) {
    return logic.resolved(resource, dependencies.references().lookups());
  }

  /** Says how a resource does at Mixpeek, and returns it as it is then. */
  R tell(R resource, RemoteState state) {
    Lookups lookups = dependencies.references().lookups();
    return report(resource, logic.status(resource, lookups, state, dependencies.clock().instant()));
  }

  private R report(R resource, ReportedStatus status) {
    if (resource.isReported(status)) {
      return resource;
    }
    R written = resources.write(resource, read -> dependencies.writer().status(read, status));
    ReconciliationLogger.reported(LOG, written, status);
    resources.changed(resource, written);
    return written;
  }

  private static boolean waits(ReportedStatus status) {
    return reason(status).filter(WAITS::contains).isPresent();
  }

  /** Whether the reason has been told of this spec. */
  private static boolean says(ReportedStatus before, ReportedStatus status) {
    return before != null
        && Objects.equals(before.getObservedGeneration(), status.getObservedGeneration())
        && reason(before).equals(reason(status));
  }

  private static Optional<Reason> reason(ReportedStatus status) {
    return status.ready().map(Condition::getReason).flatMap(Reason::named);
  }
}
