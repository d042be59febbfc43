package com.mixpeek.operator.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;

/** The cluster of the current context, of which this only ever reads. */
final class Cluster implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  /** The first of growing pauses before a watch is renewed: a person looks on. */
  private static final int RENEWAL_MILLIS = 250;

  private final KubernetesClient client;

  Cluster(KubernetesClient client) {
    this.client = client;
  }

  static Cluster current() {
    Config config =
        new ConfigBuilder()
            .withRequestRetryBackoffLimit(0)
            .withConnectionTimeout(TIMEOUT_MILLIS)
            .withWatchReconnectInterval(RENEWAL_MILLIS)
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
      throw unreachable(type, namespace, e);
    }
  }

  /** Says that the resources of a kind cannot be listed, and why. */
  Unreachable unreachable(
      Class<? extends HasMetadata> type, String namespace, KubernetesClientException e) {
    return new Unreachable(
        "%s%s cannot be listed at %s: %s"
            .formatted(
                HasMetadata.getFullResourceName(type),
                namespace == null ? "" : " in namespace " + namespace,
                client.getMasterUrl(),
                words(e)),
        e);
  }

  KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }

  private static String words(KubernetesClientException e) {
    if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
      return "it does not know that kind: install the operator's CRDs, or choose another context.";
    }
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getStatus().getMessage();
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null
        ? "it does not answer."
        : "it does not answer (%s)".formatted(cause.getMessage());
  }

  /** The cluster does not answer, or refuses to; the message is a sentence. */
  static final class Unreachable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unreachable(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }
}
