package com.mixpeek.operator.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CatalogStatus;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.References;
import com.mixpeek.operator.api.RemoteStatus;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.api.SpecCheck;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import com.mixpeek.operator.lookup.Lookups;
import com.mixpeek.operator.lookup.Precedence;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides which ID a Collection or Taxonomy has, if any: no client, no clock, no chance, and
 * nothing that it is handed is modified.
 *
 * @param <R> the resource type
 */
public final class CatalogLogic<R extends CatalogResource<?>> {

  private final CatalogKind<?, R> kind;

  public CatalogLogic(CatalogKind<?, R> kind) {
    this.kind = kind;
  }

  /**
   * What is to be reported of a resource that lives in the cluster, among the others. An ID once
   * assigned is kept.
   *
   * @param lookup finds resources of its own kind
   * @param lookups finds what it refers to by name
   * @param cycles the circles that are known among those that wait for each other's IDs
   */
  public ReportedStatus status(
      R resource, Lookup<R> lookup, Lookups lookups, ReferenceCycles cycles, Instant now) {
    return obstacle(resource, lookup, lookups, cycles, now)
        .orElseGet(
            () -> {
              String id =
                  resource
                      .reportedId()
                      .or(() -> resource.text(kind.idField()))
                      .orElseGet(() -> free(resource, lookup));
              Resolution references = Resolution.of(resource, lookups);
              String message = "The ID is " + id + ".";
              return say(resource, id, references, Reason.Assigned, message, now);
            });
  }

  /**
   * What is to be reported of a resource that stands for something at Mixpeek.
   *
   * @param told what came of asking there
   */
  public ReportedStatus status(R resource, Lookups lookups, RemoteState told, Instant now) {
    Resolution references = Resolution.of(resource, lookups);
    CatalogStatus status =
        say(
            resource,
            told.id(),
            references,
            told.reason(),
            told.message(),
            Optional.of(told.remote()),
            now);
    told.difference()
        .ifPresent(
            difference -> {
              List<Condition> conditions = new ArrayList<>(status.getConditions());
              conditions.removeIf(condition -> condition.getType().equals(Conditions.IN_SYNC));
              conditions.add(
                  0,
                  Conditions.inSync(
                      resource.getStatus(),
                      difference.isEmpty() ? "True" : "False",
                      difference.isEmpty() ? "Same" : "Differs",
                      difference.isEmpty() ? "Mixpeek holds what the spec says." : difference,
                      resource.getMetadata().getGeneration(),
                      now));
              status.setConditions(conditions);
            });
    return status;
  }

  /** The spec with the IDs of what it refers to by name; nothing may stand in the way. */
  public ObjectNode resolved(R resource, Lookups lookups) {
    return References.withIds(resource.getSpec(), Resolution.of(resource, lookups).ids());
  }

  /** What is to be reported where the resource cannot have an ID, or cannot be changed, for now. */
  public Optional<ReportedStatus> obstacle(
      R resource, Lookup<R> lookup, Lookups lookups, ReferenceCycles cycles, Instant now) {
    Resolution references = Resolution.of(resource, lookups);
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.text(kind.nameField()).orElse("");
    String pin = resource.text(kind.idField()).orElse(null);
    Optional<String> assigned = resource.reportedId();
    if (assigned.isEmpty()) {
      Optional<SpecCheck.Problem> problem = problem(resource, references);
      if (problem.isPresent()) {
        String message = invalid(problem.get().message());
        return Optional.of(say(resource, null, references, Reason.InvalidConfig, message, now));
      }
    }
    Optional<R> first = Precedence.before(resource, lookup, Keys.catalogName(namespace, name));
    if (first.isPresent()) {
      String id = assigned.orElse(null);
      String message = duplicateName(name, first.get(), id);
      return Optional.of(say(resource, id, references, Reason.DuplicateName, message, now));
    }
    if (assigned.isEmpty() && pin != null) {
      Optional<R> other = Precedence.before(resource, lookup, Keys.id(namespace, pin));
      if (other.isPresent()) {
        String message = duplicateId(pin, other.get());
        return Optional.of(say(resource, null, references, Reason.DuplicateId, message, now));
      }
    }
    return references.unresolved().isPresent()
        ? Optional.of(waiting(resource, references, cycles, now))
        : Optional.empty();
  }

  /** What makes its spec invalid, with the IDs of what it refers to by name. */
  public static Optional<SpecCheck.Problem> problem(CatalogResource<?> resource, Lookups lookups) {
    return problem(resource, Resolution.of(resource, lookups));
  }

  private static Optional<SpecCheck.Problem> problem(
      CatalogResource<?> resource, Resolution references) {
    return SpecCheck.problem(resource.getSpec(), references.ids());
  }

  /** Without an ID until all references are resolved; one that it has already is kept. */
  private ReportedStatus waiting(
      R resource, Resolution references, ReferenceCycles cycles, Instant now) {
    String id = resource.reportedId().orElse(null);
    Optional<Reference> closing =
        references.reason() == Reason.ReferenceNotReady && id == null
            ? cycles.closing(resource)
            : Optional.empty();
    if (closing.isPresent()) {
      String message = circle(closing.get(), cycles.path(resource));
      return say(resource, null, references, Reason.ReferenceCycle, message, now);
    }
    String message = references.message() + (id == null ? "" : " It keeps its ID " + id + ".");
    return say(resource, id, references, references.reason(), message, now);
  }

  /** An ID derived from the UID; the first that no other resource of the namespace has or pins. */
  private String free(R resource, Lookup<R> lookup) {
    for (int attempt = 0; ; attempt++) {
      String id = Ids.of(kind.idPrefix(), resource.getMetadata().getUid(), attempt);
      if (lookup.find(Keys.id(resource.getMetadata().getNamespace(), id)).stream()
          .allMatch(other -> Precedence.same(other, resource))) {
        return id;
      }
    }
  }

  private CatalogStatus say(
      R resource, String id, Resolution references, Reason reason, String message, Instant now) {
    Optional<RemoteStatus> remote =
        Optional.ofNullable(resource.getStatus() instanceof CatalogStatus s ? s.getRemote() : null);
    return say(resource, id, references, reason, message, remote, now);
  }

  private CatalogStatus say(
      R resource,
      String id,
      Resolution references,
      Reason reason,
      String message,
      Optional<RemoteStatus> remote,
      Instant now) {
    CatalogStatus status = kind.newStatus().get();
    Long generation = resource.getMetadata().getGeneration();
    status.id(id);
    status.setObservedGeneration(generation);
    status.setRemote(remote.orElse(null));
    List<Condition> conditions =
        new ArrayList<>(Conditions.of(resource.getStatus(), reason, message, generation, now));
    // Before there is an ID nothing is resolved for good, unless it may have been sent.
    boolean sent = remote.map(RemoteStatus::attempt).isPresent();
    if ((id != null || sent) && !references.resolved().isEmpty()) {
      status.setReferences(references.resolved());
    }
    if (id != null && !references.resolved().isEmpty()) {
      conditions.add(1, validity(resource, references, generation, now));
    }
    if (resource.getStatus() instanceof CatalogStatus before) {
      before
          .condition(Conditions.IN_SYNC)
          .map(told -> inSync(resource, told, now))
          .ifPresent(told -> conditions.add(0, told));
    }
    status.setConditions(conditions);
    if (resource.getStatus() != null) {
      resource.getStatus().unknown().forEach(status::unknown);
    }
    return status;
  }

  /** As it was told, unless the spec was changed since. */
  private Condition inSync(R resource, Condition told, Instant now) {
    Long generation = resource.getMetadata().getGeneration();
    return Objects.equals(told.getObservedGeneration(), generation)
        ? told
        : Conditions.inSync(
            resource.getStatus(),
            "Unknown",
            "SpecChanged",
            "The spec was changed since it was last compared with what Mixpeek holds.",
            generation,
            now);
  }

  private Condition validity(R resource, Resolution references, Long generation, Instant now) {
    boolean valid = references.invalid().isEmpty();
    String reason = valid ? "Resolved" : references.isGone() ? "ReferenceGone" : "ReferenceChanged";
    String message =
        references
            .invalid()
            .orElse(
                references.unresolved().isPresent()
                    ? "What could be resolved so far has the IDs in status.references."
                    : "What is referred to by name has the IDs in status.references.");
    return Conditions.referencesValid(
        resource.getStatus(), valid, reason, message, generation, now);
  }

  private static String circle(Reference closing, String path) {
    return ("%s is part of a circle, %s, in which each waits for the ID of the next: let one of"
            + " them refer to something else.")
        .formatted(closing.field(), path);
  }

  /** What is wrong stands in an immutable field, so that it cannot be corrected in place. */
  private String invalid(String problem) {
    return "%s As it is immutable, delete this %s, which gets no ID, and create it corrected."
        .formatted(problem, kind.name());
  }

  private String duplicateName(String name, R first, String id) {
    return ("The %s %s belongs to %s %s, which had it first: %s, or delete or rename that %s.%s")
        .formatted(
            kind.nameField(),
            name,
            kind.name(),
            first.getMetadata().getName(),
            "give this " + kind.name() + " another one",
            kind.name(),
            id == null ? " Until then it gets no ID." : " It keeps its ID " + id + ".");
  }

  private String duplicateId(String pin, R other) {
    return ("The pinned %s %s belongs to %s %s, which had it first: delete that %s, or create this"
            + " one without the pin or with another. Until then it gets no ID.")
        .formatted(kind.idField(), pin, kind.name(), other.getMetadata().getName(), kind.name());
  }
}
