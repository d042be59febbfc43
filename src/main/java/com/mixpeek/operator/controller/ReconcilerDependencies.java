package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.MixpeekResource;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.cluster.ResourceWriter;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/** What every reconciler works with. */
public record ReconcilerDependencies(
    ResourceWriter writer,
    EventRecorder events,
    ReferenceTracker references,
    Leadership leadership,
    MeterRegistry metrics,
    Clock clock) {

  /** Tells how many resources of a kind this version cannot read, and so leaves alone. */
  <T extends MixpeekResource<?, ?>> void countUnreadable(Class<T> type, Cache<T> cache) {
    Gauge.builder(
            "mixpeek.unreadable.resources",
            cache,
            c -> c.list(resource -> !resource.unreadable().isEmpty()).count())
        .description("Resources that this version cannot read, and leaves alone.")
        .tag("kind", type.getSimpleName())
        .strongReference(true)
        .register(metrics);
  }
}
