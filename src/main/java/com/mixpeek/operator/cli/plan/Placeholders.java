package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.catalog.CatalogLogic;
import com.mixpeek.operator.catalog.ReferenceCycles;
import com.mixpeek.operator.lookup.Lookup;
import com.mixpeek.operator.lookup.Lookups;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stands in for what only a cluster gives: UIDs, and the IDs that derive from them. The operator's
 * functions need both; none of these is ever shown.
 */
final class Placeholders {

  private static final String UID = "provisional:";

  private int created;

  private final Set<String> ids = new HashSet<>();

  /**
   * The UID of a resource that stands in a file: of two that claim one thing the one that stands
   * first had it first.
   */
  static String uid(int position) {
    return "%s%012d".formatted(UID, position);
  }

  /** A copy with a UID, for what is created: later than all that stands in files. */
  <R extends CatalogResource<?>> R identified(CatalogKind<?, R> kind, R resource) {
    return ResourceJson.copy(kind, resource, uid(Integer.MAX_VALUE / 2 + ++created), null);
  }

  /** The resource with the status that the operator would give it, unless it reports an ID. */
  <R extends CatalogResource<?>> R reported(
      CatalogKind<?, R> kind,
      R resource,
      Lookup<R> lookup,
      Lookups lookups,
      ReferenceCycles cycles) {
    if (resource.reportedId().isPresent()) {
      return resource;
    }
    ReportedStatus status =
        new CatalogLogic<>(kind).status(resource, lookup, lookups, cycles, Instant.EPOCH);
    String uid = resource.getMetadata().getUid();
    R reported = ResourceJson.copy(kind, resource, uid, status);
    if (uid.startsWith(UID)) {
      reported
          .reportedId()
          .filter(id -> !resource.text(kind.idField()).filter(id::equals).isPresent())
          .ifPresent(ids::add);
    }
    return reported;
  }

  /** A copy with the ID that it pins or may get, as if what it waits for were there. */
  <R extends CatalogResource<?>> R assumed(CatalogKind<?, R> kind, R resource) {
    String uid = resource.getMetadata().getUid();
    ReportedStatus status = kind.newStatus().get();
    status.id(resource.text(kind.idField()).orElseGet(() -> kind.idPrefix() + UID + uid));
    status.setConditions(Conditions.of(null, Reason.Assigned, "", null, Instant.EPOCH));
    if (resource.text(kind.idField()).isEmpty()) {
      ids.add(status.id());
    }
    return ResourceJson.copy(kind, resource, uid, status);
  }

  /** Whether the ID stands for one that the cluster is yet to assign. */
  boolean isId(String id) {
    return ids.contains(id);
  }

  /** A copy of a target's metadata without what is not known yet. */
  ObjectMeta known(ObjectMeta metadata) {
    ObjectMeta known = metadata.toBuilder().build();
    Map<String, String> labels = new LinkedHashMap<>(metadata.getLabels());
    labels.computeIfPresent(Labels.CLONE_UID, (k, uid) -> uid.startsWith(UID) ? null : uid);
    known.setLabels(labels);
    Map<String, String> annotations = new LinkedHashMap<>(metadata.getAnnotations());
    annotations.computeIfPresent(Annotations.SOURCE_ID, (k, id) -> ids.contains(id) ? null : id);
    known.setAnnotations(annotations);
    List<OwnerReference> owners = new ArrayList<>(metadata.getOwnerReferences());
    owners.removeIf(owner -> owner.getUid().startsWith(UID));
    known.setOwnerReferences(owners);
    return known;
  }
}
