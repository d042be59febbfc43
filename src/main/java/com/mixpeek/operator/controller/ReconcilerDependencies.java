package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.MixpeekResource;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.cluster.ResourceWriter;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;

/** What every reconciler works with. */
public record ReconcilerDependencies(
    ResourceWriter writer,
    EventRecorder events,
    ReferenceTracker references,
    Leadership leadership,
    MeterRegistry metrics,
    Clock clock) {

  /**
   * Room to copy and write specs as deep as an API server stores, 10,000 levels, in bytes: of a
   * stack only what is used takes memory.
   */
  private static final long STACK = 64L * 1024 * 1024;

  /** A thread with room for specs of any depth. */
  public static Thread thread(Runnable work, String name) {
    return new Thread(null, work, name, STACK);
  }

  /**
   * Does the work of a turn. What an Error ended the turn of, as where there is no memory for a
   * thread, the SDK (5.3.2) would never reconcile again.
   */
  static <T> T turn(Supplier<T> work) {
    try {
      return work.get();
    } catch (Error e) {
      throw new IllegalStateException(e.toString(), e);
    }
  }

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
