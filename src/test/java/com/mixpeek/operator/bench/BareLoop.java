package com.mixpeek.operator.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Sends what a clone costs, and decides nothing: create the target, patch its status, record an
 * Event, patch the clone's status. What it reaches is what the API server can do.
 */
final class BareLoop {

  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private BareLoop() {}

  /** Arguments: kubeconfig, namespace, number of clones, threads. Prints clones a second. */
  public static void main(String[] args) throws Exception {
    String namespace = args[1];
    int count = Integer.parseInt(args[2]);
    Config config = Config.fromKubeconfig(Path.of(args[0]).toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      // The first requests load classes and open connections.
      int warmUp = Math.min(20, count / 2);
      for (int i = 0; i < warmUp; i++) {
        once(client, namespace, i);
      }
      long start = System.nanoTime();
      long cpu = cpu();
      ExecutorService threads = Executors.newFixedThreadPool(Integer.parseInt(args[3]));
      for (int i = warmUp; i < count; i++) {
        int number = i;
        threads.execute(() -> once(client, namespace, number));
      }
      threads.shutdown();
      if (!threads.awaitTermination(30, TimeUnit.MINUTES)) {
        throw new IllegalStateException("The loop did not end within 30 minutes.");
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      int measured = count - warmUp;
      System.out.printf("%.1f %.2f%n", measured / seconds, (cpu() - cpu) / 1e6 / measured);
    }
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void once(KubernetesClient client, String namespace, int number) {
    String group = "/apis/mixpeek.com/v1alpha1/namespaces/" + namespace;
    String name = "copy-" + number;
    send(
        client,
        group + "/collections",
        "POST",
        """
        {"apiVersion": "mixpeek.com/v1alpha1", "kind": "Collection",
         "metadata": {"name": "%s", "labels": {"mixpeek.com/clone-uid": "%s"}},
         "spec": {"collectionName": "copy_%d", "description": "A copy",
          "source": {"type": "bucket", "bucketIds": ["bkt_bench"]},
          "featureExtractor": {"featureExtractorName": "text_extractor", "version": "v1"}}}
        """
            .formatted(name, name, number));
    String id = "col_%010d".formatted(number);
    send(client, group + "/collections/" + name + "/status", "PATCH", status(id, "Assigned"));
    send(
        client,
        "/apis/events.k8s.io/v1/namespaces/" + namespace + "/events",
        "POST",
        """
        {"apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {"name": "%s.done"},
         "eventTime": "2026-01-01T00:00:00.000000Z", "type": "Normal", "action": "Clone",
         "reason": "Cloned", "note": "It is a copy.", "reportingController": "mixpeek.com/bench",
         "reportingInstance": "bench", "regarding": {"kind": "CollectionClone", "name": "%s",
         "namespace": "%s", "apiVersion": "mixpeek.com/v1alpha1"}}
        """
            .formatted(name, name, namespace));
    send(client, group + "/collectionclones/" + name + "/status", "PATCH", status(id, "Cloned"));
  }

  private static void send(KubernetesClient client, String path, String method, String body) {
    HttpClient http = client.getHttpClient();
    URI address = URI.create(client.getConfiguration().getMasterUrl()).resolve(path);
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(address)
            .method(method, method.equals("POST") ? "application/json" : MERGE_PATCH, body)
            .build();
    HttpResponse<byte[]> response = http.sendAsync(request, byte[].class).join();
    if (!response.isSuccessful()) {
      throw new IllegalStateException(
          path + ": " + response.code() + " " + new String(response.body(), UTF_8));
    }
  }

  private static String status(String id, String reason) {
    ObjectNode status = JSON.createObjectNode();
    status.put("collectionId", id).put("observedGeneration", 1);
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", reason)
        .put("message", "The ID is " + id + ".")
        .put("observedGeneration", 1)
        .put("lastTransitionTime", "2026-01-01T00:00:00Z");
    return JSON.createObjectNode().<ObjectNode>set("status", status).toString();
  }
}
