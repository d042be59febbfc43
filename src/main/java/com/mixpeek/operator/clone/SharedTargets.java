package com.mixpeek.operator.clone;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Warns of a copy that writes where its source writes: that is copied as it stands. */
public final class SharedTargets {

  /** The event's reason. */
  public static final String REASON = "SharedTargetCollection";

  private SharedTargets() {}

  /** The warning, empty where nothing of the sort was copied. */
  public static Optional<String> warning(CloneResource<?> clone, CatalogResource<?> target) {
    if (clone.getSpec().getOverrides().hasNonNull("taxonomyApplications")) {
      return Optional.empty();
    }
    List<String> shared = new ArrayList<>();
    for (JsonNode application : target.getSpec().path("taxonomyApplications")) {
      if (application.hasNonNull("targetCollectionId")) {
        shared.add(application.get("targetCollectionId").asText());
      } else if (application.path("targetCollectionRef").hasNonNull("name")) {
        shared.add(application.at("/targetCollectionRef/name").asText());
      }
    }
    return shared.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s writes the results of its taxonomies to %s, as its source does: override taxonomyApplications in another clone if it should not."
                .formatted(
                    target.getKind(), target.getMetadata().getName(), String.join(", ", shared)));
  }
}
