package com.mixpeek.operator.catalog;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.api.SpecCheck;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import com.mixpeek.operator.lookup.Precedence;
import java.time.Instant;
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

  /** What is to be reported of the resource among the others. An ID once assigned is kept. */
  public ReportedStatus status(R resource, Lookup<R> lookup, Instant now) {
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.text(kind.nameField()).orElse("");
    String pin = resource.text(kind.idField()).orElse(null);
    Optional<String> assigned = resource.reportedId();
    if (assigned.isEmpty()) {
      Optional<SpecCheck.Problem> problem = SpecCheck.problem(resource.getSpec());
      if (problem.isPresent()) {
        return say(resource, null, Reason.InvalidConfig, invalid(problem.get().message()), now);
      }
    }
    Optional<R> first = Precedence.before(resource, lookup, Keys.catalogName(namespace, name));
    if (first.isPresent()) {
      String id = assigned.orElse(null);
      return say(resource, id, Reason.DuplicateName, duplicateName(name, first.get(), id), now);
    }
    if (assigned.isEmpty() && pin != null) {
      Optional<R> other = Precedence.before(resource, lookup, Keys.id(namespace, pin));
      if (other.isPresent()) {
        return say(resource, null, Reason.DuplicateId, duplicateId(pin, other.get()), now);
      }
    }
    String id = assigned.orElseGet(() -> pin != null ? pin : free(resource, lookup));
    return say(resource, id, Reason.Assigned, "The ID is " + id + ".", now);
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

  private ReportedStatus say(R resource, String id, Reason reason, String message, Instant now) {
    ReportedStatus status = kind.newStatus().get();
    Long generation = resource.getMetadata().getGeneration();
    status.id(id);
    status.setObservedGeneration(generation);
    status.setConditions(Conditions.of(resource.getStatus(), reason, message, generation, now));
    if (resource.getStatus() != null) {
      resource.getStatus().unknown().forEach(status::unknown);
    }
    return status;
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
