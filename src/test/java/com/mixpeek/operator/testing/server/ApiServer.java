package com.mixpeek.operator.testing.server;

import com.mixpeek.operator.client.OperatorClient;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.file.Path;
import java.util.Optional;

/** An API server that has the CRDs: embedded, started from binaries, or somebody's cluster. */
public interface ApiServer extends AutoCloseable {

  /** How long a test waits for one answer, in milliseconds. */
  int PATIENCE_MILLIS = 60_000;

  /** What it is and what it lacks, in a sentence. */
  String describe();

  /** Whether it judges as a cluster does: schema, CEL, defaults, server-side apply, RBAC. */
  boolean real();

  /** Where it is and who we are. */
  Config config();

  /** Who the operator is: where the server has the shipped roles, an account with just those. */
  default Config operatorConfig() {
    return config();
  }

  /** A kubeconfig for kubectl; empty where kubectl cannot talk to the server. */
  Optional<Path> kubeconfig();

  /** A client with all rights, and the patience that a busy machine asks for. */
  default KubernetesClient client() {
    return OperatorClient.build(
        new ConfigBuilder(config()).withRequestTimeout(PATIENCE_MILLIS).build());
  }

  /**
   * A client as the operator has one, which fails at once instead of retrying by itself.
   *
   * @param interceptors see each request
   */
  default KubernetesClient operatorClient(Interceptor... interceptors) {
    return OperatorClient.build(operatorConfig(), interceptors);
  }

  @Override
  void close();
}
