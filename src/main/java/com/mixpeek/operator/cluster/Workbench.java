package com.mixpeek.operator.cluster;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/** What every reconciler works with. */
public record Workbench(
    ResourceWriter writer,
    EventRecorder events,
    Leadership leadership,
    MeterRegistry metrics,
    Clock clock) {}
