package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.MixpeekResource;
import com.mixpeek.operator.api.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells how many resources of a kind have which reason. The labels are bounded: a reason is one of
 * those that the kind can have, or {@code Unseen} for a resource without one.
 *
 * @param <T> the resource type
 */
final class ReasonGauges<T extends MixpeekResource<?, ?>> {

  private static final String UNSEEN = "Unseen";

  /** Within it all gauges tell of one count: who scrapes reads them one after the other. */
  private static final Duration SCRAPE = Duration.ofMillis(500);

  private final Cache<T> cache;
  private Map<String, Long> counts;
  private long counted;

  private ReasonGauges(Cache<T> cache) {
    this.cache = cache;
  }

  /**
   * Registers a gauge for each reason.
   *
   * @param name of the metric
   * @param tags besides the reason
   */
  static <T extends MixpeekResource<?, ?>> void register(
      MeterRegistry registry, String name, Tags tags, Set<Reason> reasons, Cache<T> cache) {
    ReasonGauges<T> gauges = new ReasonGauges<>(cache);
    gauges.register(registry, name, tags, UNSEEN);
    reasons.forEach(reason -> gauges.register(registry, name, tags, reason.name()));
  }

  private void register(MeterRegistry registry, String name, Tags tags, String reason) {
    Gauge.builder(name, this, gauges -> gauges.count(reason))
        .description("Resources by the reason of their Ready condition.")
        .tags(tags.and("reason", reason))
        .strongReference(true)
        .register(registry);
  }

  private synchronized long count(String reason) {
    if (counts == null || System.nanoTime() - counted > SCRAPE.toNanos()) {
      counts =
          cache.list().collect(Collectors.groupingBy(ReasonGauges::reason, Collectors.counting()));
      counted = System.nanoTime();
    }
    return counts.getOrDefault(reason, 0L);
  }

  private static String reason(MixpeekResource<?, ?> resource) {
    return resource.ready().map(Condition::getReason).orElse(UNSEEN);
  }
}
