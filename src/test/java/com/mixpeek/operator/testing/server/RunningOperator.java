package com.mixpeek.operator.testing.server;

import com.mixpeek.operator.Controllers;
import com.mixpeek.operator.Settings;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.telemetry.ApiRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;

/**
 * An operator in this process, wired as in production, whose requests a test can count and fail.
 */
public final class RunningOperator implements AutoCloseable {

  private static final ShippedRoles ROLES =
      ShippedRoles.clusterRole().and(ShippedRoles.connectionsRole());

  private final RequestRecorder recorder = new RequestRecorder();
  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final KubernetesClient client;
  private final Controllers operator;

  public RunningOperator(ApiServer server) {
    this(server, Settings.defaults());
  }

  public RunningOperator(ApiServer server, Settings settings) {
    this(server, settings, Clock.systemUTC());
  }

  public RunningOperator(ApiServer server, Settings settings, Clock clock) {
    this(server, settings, clock, Leadership.always());
  }

  public RunningOperator(ApiServer server, Settings settings, Clock clock, Leadership leadership) {
    client = server.operatorClient(recorder);
    operator = new Controllers(client, settings, clock, leadership, metrics);
  }

  public RunningOperator start() {
    operator.start();
    recorder.awaitWatches();
    return this;
  }

  /** What it tells of itself. */
  public MeterRegistry metrics() {
    return metrics;
  }

  public RequestRecorder recorder() {
    return recorder;
  }

  /** Stops; fails if it asked for anything that the shipped roles do not allow. */
  @Override
  public void close() {
    operator.close();
    client.close();
    List<ApiRequest> forbidden =
        recorder.requests().stream()
            .filter(r -> !ROLES.allows(r.verb(), r.group(), r.resource()))
            .distinct()
            .toList();
    if (!forbidden.isEmpty()) {
      throw new AssertionError("The shipped roles do not allow " + forbidden);
    }
  }
}
