package com.mixpeek.operator.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;

/** The cluster of the current kubeconfig. It is somebody's: what is put there is removed again. */
public final class ClusterApiServer implements ApiServer {

  private final Config config = Config.autoConfigure(null);

  public ClusterApiServer() {
    try (KubernetesClient client = client()) {
      Crds.install(client);
    }
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
  public Optional<Path> kubeconfig() {
    return Optional.ofNullable(System.getenv("KUBECONFIG")).map(Path::of);
  }

  @Override
  public void close() {
    // Not ours to stop.
  }
}
