package com.mixpeek.operator.deploy;

import java.util.Map;
import java.util.Set;

/**
 * Every metric that {@code deploy/monitoring} may use, as Prometheus sees it, with the labels that
 * the operator gives it. A test of the operator compares it with what is scraped.
 */
public final class KnownMetrics {

  private static final Set<String> CLONE = Set.of("kind");
  private static final Set<String> REQUEST = Set.of("verb", "resource", "code");
  private static final Set<String> CONTROLLER = Set.of("controller_name");

  /** Labels by the metric's name. */
  public static final Map<String, Set<String>> LABELS =
      Map.ofEntries(
          Map.entry("mixpeek_leader", Set.of()),
          Map.entry("mixpeek_clones", Set.of("kind", "reason")),
          Map.entry("mixpeek_resources", Set.of("kind", "reason")),
          Map.entry("mixpeek_unreadable_resources", CLONE),
          Map.entry("mixpeek_clone_duration_seconds_bucket", Set.of("kind", "le")),
          Map.entry("mixpeek_clone_duration_seconds_count", CLONE),
          Map.entry("mixpeek_clone_duration_seconds_sum", CLONE),
          Map.entry("mixpeek_api_request_duration_seconds_count", REQUEST),
          Map.entry("mixpeek_api_request_duration_seconds_sum", REQUEST),
          Map.entry("mixpeek_api_request_duration_seconds_max", REQUEST),
          Map.entry("mixpeek_api_watches_total", REQUEST),
          Map.entry("mixpeek_connections", Set.of("reason")),
          Map.entry("mixpeek_remote_requests_total", Set.of("operation", "code")),
          Map.entry("mixpeek_remote_requests_left", Set.of("resource_namespace", "connection")),
          Map.entry("mixpeek_remote_oldest_waiting_seconds", CLONE),
          Map.entry("reconciliations_started_total", CONTROLLER),
          Map.entry("reconciliations_success_total", CONTROLLER),
          Map.entry("reconciliations_failure_total", CONTROLLER),
          Map.entry("reconciliations_retries_total", CONTROLLER),
          Map.entry("reconciliations_active", CONTROLLER),
          Map.entry("reconciliations_queue", CONTROLLER),
          Map.entry(
              "reconciliations_execution_duration_seconds_bucket", Set.of("controller_name", "le")),
          Map.entry("reconciliations_execution_duration_seconds_count", CONTROLLER),
          Map.entry("reconciliations_execution_duration_seconds_sum", CONTROLLER),
          Map.entry("reconciliations_execution_duration_seconds_max", CONTROLLER));

  /** Labels that whoever scrapes adds, and those that all metrics of a shard have. */
  public static final Set<String> OF_ALL = Set.of("namespace", "pod", "shard", "watched_namespace");

  private KnownMetrics() {}
}
