package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.References;
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
    List<String> shared =
        References.all(target.getSpec()).stream()
            .filter(Reference::isWritten)
            .map(reference -> reference.isByName() ? reference.name() : reference.id())
            .toList();
    return shared.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s writes the results of its taxonomies to %s, as its source does: override taxonomyApplications in another clone if it should not."
                .formatted(
                    target.getKind(), target.getMetadata().getName(), String.join(", ", shared)));
  }
}
