package com.mixpeek.operator.controller;

import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.cluster.ResourceWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/** What every reconciler works with. */
public record ReconcilerDependencies(
    ResourceWriter writer,
    EventRecorder events,
    Leadership leadership,
    MeterRegistry metrics,
    Clock clock) {}
