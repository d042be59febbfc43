package com.mixpeek.operator.testing.server;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;

/** The cluster of the current kubeconfig. It is somebody's: what is put there is removed again. */
public final class ClusterApiServer implements ApiServer {

  private final Config config = Config.autoConfigure(null);
  private boolean granted;

  private ClusterApiServer() {}

  /** With the CRDs as they are committed, which is what the suites judge. */
  public static ClusterApiServer withCommittedCrds() {
    ClusterApiServer server = new ClusterApiServer();
    try (KubernetesClient client = server.client()) {
      Crds.install(client);
    }
    return server;
  }

  /** As it is, with or without the CRDs. */
  public static ClusterApiServer asItIs() {
    return new ClusterApiServer();
  }

  @Override
  public String describe() {
    return "the cluster at " + config.getMasterUrl();
  }

  @Override
  public boolean real() {
    return true;
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  public Config operatorConfig() {
    return granted ? Grants.asOperator(config()) : config();
  }

  /** Lets operators run with the shipped roles only. */
  void restrictOperators() {
    try (KubernetesClient client = client()) {
      Grants.give(client);
    }
    granted = true;
  }

  @Override
  public Optional<Path> kubeconfig() {
    return Optional.ofNullable(System.getenv("KUBECONFIG")).map(Path::of);
  }

  @Override
  public void close() {
    if (granted) {
      try (KubernetesClient client = client()) {
        Grants.take(client);
      }
    }
  }
}
