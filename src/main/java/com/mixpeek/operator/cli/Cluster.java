package com.mixpeek.operator.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** The cluster of the current context, of which this only ever reads. */
final class Cluster implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final KubernetesClient client;

  private Cluster(KubernetesClient client) {
    this.client = client;
  }

  static Cluster current() {
    Config config =
        new ConfigBuilder()
            .withRequestRetryBackoffLimit(0)
            .withConnectionTimeout(TIMEOUT_MILLIS)
            .build();
    return new Cluster(new KubernetesClientBuilder().withConfig(config).build());
  }

  /** The namespace of the current context. */
  String namespace() {
    String namespace = client.getNamespace();
    return namespace == null ? "default" : namespace;
  }

  /**
   * All resources of a kind.
   *
   * @param namespace null for all namespaces
   * @throws Unreachable if they cannot be listed
   */
  <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
    try {
      var resources = client.resources(type);
      return namespace == null
          ? resources.inAnyNamespace().list().getItems()
          : resources.inNamespace(namespace).list().getItems();
    } catch (KubernetesClientException e) {
      throw new Unreachable(
          "%s%s cannot be listed at %s: %s"
              .formatted(
                  HasMetadata.getFullResourceName(type),
                  namespace == null ? "" : " in namespace " + namespace,
                  client.getMasterUrl(),
                  words(e)),
          e);
    }
  }

  KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }

  private static String words(KubernetesClientException e) {
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getStatus().getMessage();
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return "it does not answer (%s)".formatted(cause.getMessage());
  }

  /** The cluster does not answer, or refuses to; the message is a sentence. */
  static final class Unreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreachable(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }
}
