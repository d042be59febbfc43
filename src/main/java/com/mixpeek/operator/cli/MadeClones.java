package com.mixpeek.operator.cli;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.cli.diff.DiffEntry;
import com.mixpeek.operator.cli.diff.Drift;
import com.mixpeek.operator.cli.plan.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The clones that a cluster has made; each kind is listed once a namespace. */
final class MadeClones<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private final CatalogKind<C, R> kind;
  private final Cluster cluster;
  private final Map<String, Map<String, C>> clones = new HashMap<>();
  private final Map<String, Map<String, R>> resources = new HashMap<>();

  MadeClones(CatalogKind<C, R> kind, Cluster cluster) {
    this.kind = kind;
    this.cluster = cluster;
  }

  /** What became of what the clone made, null if the cluster has not made it. */
  DiffEntry.Since since(Entry<C> order) {
    String namespace = order.namespace();
    C clone =
        clones
            .computeIfAbsent(namespace, n -> byName(cluster.list(kind.cloneType(), n)))
            .get(order.name());
    if (clone == null || !clone.hasTarget()) {
      return null;
    }
    CloneStatus status = clone.getStatus();
    Map<String, R> there =
        resources.computeIfAbsent(namespace, n -> byName(cluster.list(kind.resourceType(), n)));
    R source = there.get(String.valueOf(status.getSourceName()));
    R copy = there.get(status.getTargetName());
    String id = status.id() == null ? "not assigned yet" : status.id();
    String gone =
        copy == null
            ? "the copy was deleted"
            : isAnother(copy, status.id())
                ? "the copy was deleted, and what has its name is another"
                : source == null
                    ? "the source was deleted"
                    : isAnother(source, status.sourceId())
                        ? "the source was deleted, and what has its name is another"
                        : null;
    List<Drift> drifts = gone == null ? Drift.between(kind, clone, source, copy) : List.of();
    return new DiffEntry.Since(status.getSourceName(), status.getTargetName(), id, drifts, gone);
  }

  /** An ID that was told is never exchanged. */
  private static boolean isAnother(CatalogResource<?> resource, String told) {
    return told != null && !resource.reportedId().filter(told::equals).isPresent();
  }

  private static <T extends io.fabric8.kubernetes.api.model.HasMetadata> Map<String, T> byName(
      List<T> list) {
    return list.stream()
        .collect(Collectors.toMap(r -> r.getMetadata().getName(), Function.identity()));
  }
}
