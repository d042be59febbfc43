package com.mixpeek.operator.cli.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.client.ApiErrors;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** The cluster of the current context, of which this only ever reads. */
public final class Cluster implements Lister, AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  /** The first of growing pauses before a watch is renewed: a person looks on. */
  private static final int RENEWAL_MILLIS = 250;

  /** The remedy for who has no right to read a resource of ours. */
  public static final String VIEW = "ask for the ClusterRole mixpeek-view.";

  private final KubernetesClient client;

  /** What was listed: a command shows one moment, and asks for nothing twice. */
  private final Map<List<String>, Map<String, ?>> listed = new HashMap<>();

  public Cluster(KubernetesClient client) {
    this.client = client;
  }

  /**
   * The cluster that kubectl would talk to.
   *
   * @throws Unreachable if there is no such cluster
   */
  public static Cluster current() {
    Config config;
    try {
      config =
          new ConfigBuilder()
              .withRequestRetryBackoffLimit(0)
              .withConnectionTimeout(TIMEOUT_MILLIS)
              .withWatchReconnectInterval(RENEWAL_MILLIS)
              // Over HTTP/2 the server hangs up on unknown users before its answer is read.
              .withHttp2Disable(true)
              .build();
    } catch (RuntimeException e) {
      throw new Unreachable(ApiErrors.UNREADABLE_KUBECONFIG, e);
    }
    boolean inPod = System.getenv("KUBERNETES_SERVICE_HOST") != null;
    if (config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL) && !inPod) {
      throw new Unreachable(
          "No cluster is chosen: there is no kubeconfig, or its current context is none that it"
              + " has. Point KUBECONFIG at one, or choose with kubectl config use-context.",
          null);
    }
    return new Cluster(new KubernetesClientBuilder().withConfig(config).build());
  }

  public String namespace() {
    String namespace = client.getNamespace();
    return namespace == null ? "default" : namespace;
  }

  /**
   * All resources of a kind, as they were when they were first asked for.
   *
   * @param namespace null for all namespaces
   * @throws Unreachable if they cannot be listed
   */
  @Override
  public <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
    return List.copyOf(byName(type, namespace).values());
  }

  @Override
  public <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
    return Optional.ofNullable(byName(type, namespace).get(namespace + "/" + name));
  }

  @SuppressWarnings("unchecked")
  private <T extends HasMetadata> Map<String, T> byName(Class<T> type, String namespace) {
    List<String> key = Arrays.asList(type.getName(), namespace);
    return (Map<String, T>) listed.computeIfAbsent(key, k -> ask(type, namespace));
  }

  private <T extends HasMetadata> Map<String, T> ask(Class<T> type, String namespace) {
    try {
      var resources = client.resources(type);
      var asked = namespace == null ? resources.inAnyNamespace() : resources.inNamespace(namespace);
      Map<String, T> named = new LinkedHashMap<>();
      for (T resource : asked.list().getItems()) {
        ObjectMeta metadata = resource.getMetadata();
        named.put(metadata.getNamespace() + "/" + metadata.getName(), resource);
      }
      return named;
    } catch (KubernetesClientException e) {
      throw unreachable(type, namespace, e);
    }
  }

  /**
   * One resource as it is now, empty where there is none.
   *
   * @param remedy for who has no right to read it
   * @throws Unreachable if it cannot be read
   */
  public <T extends HasMetadata> Optional<T> read(
      Class<T> type, String namespace, String name, String remedy) {
    try {
      return Optional.ofNullable(
          client.resources(type).inNamespace(namespace).withName(name).get());
    } catch (KubernetesClientException e) {
      throw new Unreachable(
          "%s %s in namespace %s cannot be read at %s: %s"
              .formatted(
                  type.getSimpleName(), name, namespace, client.getMasterUrl(), reason(e, remedy)),
          e);
    }
  }

  /** Says that the resources of a kind cannot be listed, and why. */
  public Unreachable unreachable(
      Class<? extends HasMetadata> type, String namespace, KubernetesClientException e) {
    String where = namespace == null ? "" : " in namespace " + namespace;
    String what = HasMetadata.getFullResourceName(type) + where;
    return new Unreachable(
        "%s cannot be listed at %s: %s".formatted(what, client.getMasterUrl(), reason(e, VIEW)), e);
  }

  /**
   * All Collections, Taxonomies and clones in a namespace, as if they were read from a file; not
   * the Connections, which are neither copied nor copies.
   */
  public List<Manifest> export(String namespace) {
    ObjectMapper json = new ObjectMapper();
    return CatalogKind.ALL.stream()
        .flatMap(kind -> Stream.of(kind.resourceType(), kind.cloneType()))
        .flatMap(type -> list(type, namespace).stream())
        .map(resource -> Manifest.ofCluster(json.valueToTree(resource)))
        .toList();
  }

  public KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }

  /** Why, and what to do about it. */
  private static String reason(KubernetesClientException e, String remedy) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "it does not know the kubeconfig's user: log in again.";
      case HttpURLConnection.HTTP_FORBIDDEN -> ApiErrors.message(e).orElse("") + ": " + remedy;
      case HttpURLConnection.HTTP_NOT_FOUND ->
          "it does not know that kind: install the operator's CRDs, or choose another context.";
      default -> ApiErrors.message(e).map(m -> m + ".").orElseGet(() -> silence(e));
    };
  }

  private static String silence(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "its certificate is not one that the kubeconfig trusts: see certificate-authority"
            + " there.";
      }
    }
    return "it does not answer: see that it runs, and that the kubeconfig has its address.";
  }

  /** The cluster does not answer, or refuses to; the message is a sentence. */
  public static final class Unreachable extends RuntimeException {

    Unreachable(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }
}
