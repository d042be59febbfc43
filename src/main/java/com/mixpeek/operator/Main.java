package com.mixpeek.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the operator against the cluster of the current kubeconfig, or the one it runs in. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int USAGE = 2;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Settings settings;
    try {
      settings = Settings.from(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
      return;
    }
    Configurator.setRootLevel(settings.logLevel());
    try (KubernetesClient client = client()) {
      new Preflight(client, settings).await();
      MixpeekOperator operator = new MixpeekOperator(client, settings, Clock.systemUTC());
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    LOG.info("Stopping.");
                    operator.close();
                    stopped.countDown();
                  },
                  "stop"));
      operator.start();
      LOG.info(
          "Watching {} at {}.",
          settings.namespaces().isEmpty()
              ? "all namespaces"
              : "namespaces " + String.join(", ", settings.namespaces()),
          client.getMasterUrl());
      stopped.await();
    }
  }

  /**
   * A client that fails at once: whoever asked tries again with its own backoff, instead of keeping
   * a worker busy.
   */
  static KubernetesClient client() {
    Config config = new ConfigBuilder().withRequestRetryBackoffLimit(0).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
