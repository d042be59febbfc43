package com.mixpeek.operator.testing.server;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.file.Path;
import java.util.Optional;

/** An API server that has the CRDs: embedded, started from binaries, or somebody's cluster. */
public interface ApiServer extends AutoCloseable {

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

  /** A client with all rights. */
  default KubernetesClient client() {
    return build(config());
  }

  /**
   * A client as the operator has one, which fails at once instead of retrying by itself.
   *
   * @param interceptors see each request
   */
  default KubernetesClient operatorClient(Interceptor... interceptors) {
    return build(operatorConfig(), interceptors);
  }

  private static KubernetesClient build(Config config, Interceptor... interceptors) {
    return new KubernetesClientBuilder()
        .withConfig(patient(config))
        .withHttpClientBuilderConsumer(
            b -> {
              for (Interceptor interceptor : interceptors) {
                b.addOrReplaceInterceptor(interceptor.getClass().getName(), interceptor);
              }
            })
        .build();
  }

  private static Config patient(Config config) {
    return new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build();
  }

  @Override
  void close();
}
