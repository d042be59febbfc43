package com.mixpeek.operator.connection.catalog;

import com.mixpeek.operator.api.CatalogResource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fields that were sent and of which the status does not tell yet: it may be that it cannot be
 * written, as the resource is edited meanwhile. Until it tells otherwise than it did, what Mixpeek
 * holds of them is not known.
 */
final class UnreportedChanges {

  private final Map<String, Change> changes = new ConcurrentHashMap<>();

  /**
   * @param told what the status said to be applied when they were sent
   */
  private record Change(Map<String, String> told, Set<String> fields) {}

  /** Remembers that fields are being sent. */
  void begin(CatalogResource<?> resource, List<String> fields) {
    Map<String, String> told = resource.remote().applied();
    if (told != null) {
      changes.compute(
          uid(resource),
          (uid, known) -> {
            Set<String> all = new HashSet<>(fields);
            if (known != null && known.told().equals(told)) {
              all.addAll(known.fields());
            }
            return new Change(told, all);
          });
    }
  }

  /** Whether there are none, as was last asked for what is applied. */
  boolean isEmpty(CatalogResource<?> resource) {
    return !changes.containsKey(uid(resource));
  }

  /** Forgets them: Mixpeek holds what the status says. */
  void end(CatalogResource<?> resource) {
    changes.remove(uid(resource));
  }

  /** What Mixpeek holds of the resource for certain; null where nothing was ever told. */
  Map<String, String> applied(CatalogResource<?> resource) {
    Map<String, String> told = resource.remote().applied();
    Change change = changes.get(uid(resource));
    if (change == null) {
      return told;
    }
    if (!change.told().equals(told)) {
      changes.remove(uid(resource), change);
      return told;
    }
    return AppliedFields.without(told, change.fields());
  }

  private static String uid(CatalogResource<?> resource) {
    return resource.getMetadata().getUid();
  }
}
