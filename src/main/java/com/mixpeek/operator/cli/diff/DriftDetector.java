package com.mixpeek.operator.cli.diff;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.plan.ManifestResource;
import java.util.List;
import java.util.Optional;

/** Finds what became of the copies that a cluster's clones have created. */
public record DriftDetector(Lister cluster) {

  /** What became of what the clone created, empty if it has not in this cluster. */
  public <C extends CloneResource<?>, R extends CatalogResource<?>>
      Optional<DiffEntry.Created> detect(CatalogKind<C, R> kind, ManifestResource<C> clone) {
    return cluster
        .find(kind.cloneType(), clone.namespace(), clone.name())
        .filter(CloneResource::hasTarget)
        .map(there -> created(kind, clone, there));
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> DiffEntry.Created created(
      CatalogKind<C, R> kind, ManifestResource<C> clone, C there) {
    CloneStatus status = there.getStatus();
    Class<R> type = kind.resourceType();
    Optional<String> name = Optional.ofNullable(status.getSourceName());
    Optional<R> source = name.flatMap(n -> cluster.find(type, clone.namespace(), n));
    Optional<R> copy = cluster.find(type, clone.namespace(), status.getTargetName());
    Optional<String> gone =
        gone("copy", copy, status.id())
            .or(() -> name.flatMap(n -> gone("source", source, status.sourceId())));
    boolean compared = gone.isEmpty() && source.isPresent();
    return new DiffEntry.Created(
        clone,
        name.or(() -> Optional.ofNullable(status.sourceId())).orElse("?"),
        status.getTargetName(),
        status.id() == null ? "not assigned yet" : status.id(),
        compared,
        compared ? Drift.between(kind, there, source.get(), copy.get()) : List.of(),
        gone);
  }

  /** An ID that was told is never exchanged. */
  private static Optional<String> gone(
      String what, Optional<? extends CatalogResource<?>> resource, String id) {
    if (resource.isEmpty()) {
      return Optional.of("the " + what + " was deleted");
    }
    return id == null || resource.get().reportedId().filter(id::equals).isPresent()
        ? Optional.empty()
        : Optional.of("the " + what + " was deleted, and what has its name is another");
  }
}
