package com.mixpeek.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is created under the name of something that was deleted while it was being reconciled. The
 * SDK (5.3.2) reconciles it at once, beside its predecessor, whose end then takes or replaces the
 * timer that the successor has set for itself, as there is one for each name.
 */
final class RecreatedResources {

  /** Nothing is shorter that the SDK takes. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private RecreatedResources() {}

  /**
   * What to answer the SDK once a resource is reconciled: what was decided about it, or, where
   * another has its name by now, that this one is to be reconciled again.
   *
   * @param latest what has a name
   */
  static <P extends HasMetadata> UpdateControl<P> notDelayed(
      P reconciled, Function<ResourceID, Optional<P>> latest, UpdateControl<P> done) {
    return latest
            .apply(ResourceID.fromResource(reconciled))
            .filter(now -> !now.getMetadata().getUid().equals(reconciled.getMetadata().getUid()))
            .isPresent()
        ? UpdateControl.<P>noUpdate().rescheduleAfter(AT_ONCE)
        : done;
  }
}
