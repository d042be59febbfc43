package com.mixpeek.operator.testing;

import com.mixpeek.operator.MixpeekOperator;
import com.mixpeek.operator.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;

/** An operator in this process, wired as in production, whose requests a test can count and cut. */
public final class RunningOperator implements AutoCloseable {

  private final Wire wire = new Wire();
  private final KubernetesClient client;
  private final MixpeekOperator operator;

  public RunningOperator(ApiServer server) {
    this(server, Settings.defaults());
  }

  public RunningOperator(ApiServer server, Settings settings) {
    client = server.client(wire);
    operator = new MixpeekOperator(client, settings, Clock.systemUTC());
  }

  public RunningOperator start() {
    operator.start();
    wire.awaitWatches();
    return this;
  }

  public Wire wire() {
    return wire;
  }

  @Override
  public void close() {
    operator.close();
    client.close();
  }
}
