package com.mixpeek.operator;

import com.mixpeek.operator.api.Kinds;
import com.mixpeek.operator.client.ApiErrors;
import com.mixpeek.operator.cluster.Backoff;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until all kinds can be listed, and says in one sentence what is missing. */
record Preflight(KubernetesClient client, Settings settings) {

  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  /** As many lists as the client sends at once, however many namespaces there are. */
  private static final int AT_ONCE = 8;

  private static final Pattern CAUSE = Pattern.compile("\\(.*\\)");

  void await() throws InterruptedException {
    RetryExecution retry =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15)).initExecution();
    String said = "";
    for (Optional<String> missing = missing(); missing.isPresent(); missing = missing()) {
      // Why a connection failed has other words each time.
      String now = CAUSE.matcher(missing.get()).replaceAll("");
      if (!now.equals(said)) {
        LOG.warn(missing.get());
        said = now;
      }
      Thread.sleep(retry.nextDelay().orElseThrow());
    }
  }

  /** What is missing, empty where nothing is. */
  Optional<String> missing() {
    if (!settings.namespaceSelector().isEmpty()) {
      try {
        client.namespaces().withLabelSelector(settings.namespaceSelector()).list(one());
      } catch (KubernetesClientException e) {
        return Optional.of(selectorSentence(e));
      }
    }
    Set<String> namespaces = settings.namespaces().isEmpty() ? Set.of("") : settings.namespaces();
    List<Supplier<Optional<String>>> looks =
        namespaces.stream()
            .flatMap(namespace -> Kinds.TYPES.stream().map(type -> look(type, namespace)))
            .toList();
    // The first alone, as those that are asked before there is a connection make one each.
    return looks.get(0).get().or(() -> atOnce(looks.subList(1, looks.size())));
  }

  /** Asks without waiting in between, as each answer is a round trip of the start. */
  private static Optional<String> atOnce(List<Supplier<Optional<String>>> looks) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      return looks.stream()
          .map(look -> CompletableFuture.supplyAsync(look, threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .flatMap(Optional::stream)
          .findFirst();
    } finally {
      threads.shutdownNow();
    }
  }

  private Supplier<Optional<String>> look(Class<? extends HasMetadata> type, String namespace) {
    return () -> {
      try {
        list(type, namespace);
        return Optional.empty();
      } catch (KubernetesClientException e) {
        return Optional.of(sentence(type, namespace, e));
      }
    };
  }

  private void list(Class<? extends HasMetadata> type, String namespace) {
    if (namespace.isEmpty()) {
      client.resources(type).inAnyNamespace().list(one());
    } else {
      client.resources(type).inNamespace(namespace).list(one());
    }
  }

  private static ListOptions one() {
    return new ListOptionsBuilder().withLimit(1L).build();
  }

  private String selectorSentence(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_BAD_REQUEST ->
          "The API server takes no MIXPEEK_NAMESPACE_SELECTOR \"%s\" (%s): correct it."
              .formatted(settings.namespaceSelector(), ApiErrors.message(e).orElse(""));
      case HttpURLConnection.HTTP_UNAUTHORIZED -> unknown();
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "The operator may not list namespaces, among which MIXPEEK_NAMESPACE_SELECTOR selects:"
              + " give its account the roles of deploy/overlays/shards. Waiting for them.";
      default -> unreachable(e);
    };
  }

  private String sentence(
      Class<? extends HasMetadata> type, String namespace, KubernetesClientException e) {
    String where = namespace.isEmpty() ? "in all namespaces" : "in namespace " + namespace;
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          "The API server does not know %s: install the CRDs (make install). Waiting for them."
              .formatted(HasMetadata.getFullResourceName(type));
      case HttpURLConnection.HTTP_UNAUTHORIZED -> unknown();
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "The operator may not list %s %s: give its account the roles of deploy/. Waiting for them."
              .formatted(HasMetadata.getFullResourceName(type), where);
      default -> unreachable(e);
    };
  }

  private String unknown() {
    return "The API server at %s does not know who the operator is: correct its token or certificate. Waiting for it."
        .formatted(client.getMasterUrl());
  }

  private String unreachable(KubernetesClientException e) {
    if (e.getCode() > 0) {
      return "The API server at %s cannot answer yet (HTTP status %d: %s). Waiting for it."
          .formatted(client.getMasterUrl(), e.getCode(), ApiErrors.message(e).orElse("no words"));
    }
    return ("The API server at %s cannot be reached (%s): see that it runs, and that the kubeconfig,"
            + " outside a cluster, has its address. Waiting for it.")
        .formatted(client.getMasterUrl(), ApiErrors.connection(e));
  }
}
