package com.mixpeek.operator.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * Sends what a clone costs, and decides nothing: create the target, patch its status, record an
 * Event, patch the clone's status. All four are what the operator has written for a first clone,
 * under the names of the next. What it reaches is what the API server can do.
 */
final class BareLoop {

  private static final String GROUP = "/apis/mixpeek.com/v1alpha1/namespaces/";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String VERSION = "@version@";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final String namespace;
  private final Written sample;

  /** A clone, and what was written for it. */
  private record Written(
      Clone of, String target, String targetStatus, String event, String cloneStatus) {}

  private record Clone(String name, String uid, String version) {

    static Clone of(JsonNode clone) {
      JsonNode metadata = clone.path("metadata");
      return new Clone(
          metadata.path("name").asText(),
          metadata.path("uid").asText(),
          metadata.path("resourceVersion").asText());
    }

    String catalogName() {
      return name.replace('-', '_');
    }
  }

  private BareLoop(KubernetesClient client, String namespace, String sample) {
    this.client = client;
    this.namespace = namespace;
    this.sample = read(sample);
  }

  /**
   * Arguments: kubeconfig, namespace, the name of the clone that is done, threads. Prints clones a
   * second, and milliseconds of CPU a clone.
   */
  public static void main(String[] args) throws Exception {
    Config config = Config.fromKubeconfig(Path.of(args[0]).toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      new BareLoop(client, args[1], args[2]).run(Integer.parseInt(args[3]));
    }
  }

  private void run(int workers) throws InterruptedException {
    List<Clone> clones = new ArrayList<>();
    for (JsonNode clone : get(GROUP + namespace + "/collectionclones").path("items")) {
      clones.add(Clone.of(clone));
    }
    clones.remove(sample.of());
    // The first requests load classes and open connections.
    int warmUp = Math.min(20, clones.size() / 2);
    clones.subList(0, warmUp).forEach(this::write);
    long start = System.nanoTime();
    long cpu = cpu();
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<Clone> measured = clones.subList(warmUp, clones.size());
    measured.forEach(clone -> threads.execute(() -> write(clone)));
    threads.shutdown();
    if (!threads.awaitTermination(30, TimeUnit.MINUTES)) {
      throw new IllegalStateException("The loop did not end within 30 minutes.");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%.1f %.2f%n", measured.size() / seconds, (cpu() - cpu) / 1e6 / measured.size());
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private Written read(String name) {
    JsonNode clone = get(GROUP + namespace + "/collectionclones/" + name);
    JsonNode target = get(GROUP + namespace + "/collections/" + name);
    JsonNode events = get("/apis/events.k8s.io/v1/namespaces/" + namespace + "/events");
    JsonNode event =
        StreamSupport.stream(events.path("items").spliterator(), false)
            .filter(e -> e.at("/regarding/name").asText().equals(name))
            .findFirst()
            .orElseThrow();
    return new Written(
        Clone.of(clone),
        asSent(target),
        patch(target.path("status")),
        asSent(event),
        patch(clone.path("status")));
  }

  /** Without what the API server has put there. */
  private static String asSent(JsonNode stored) {
    ObjectNode sent = stored.deepCopy();
    sent.remove("status");
    sent.withObject("/metadata")
        .remove(
            List.of("uid", "resourceVersion", "generation", "creationTimestamp", "managedFields"));
    return sent.toString();
  }

  private static String patch(JsonNode status) {
    ArrayNode patch = JSON.createArrayNode();
    patch
        .addObject()
        .put("op", "replace")
        .put("path", "/metadata/resourceVersion")
        .put("value", VERSION);
    patch.addObject().put("op", "add").put("path", "/status").set("value", status);
    return patch.toString();
  }

  private void write(Clone clone) {
    String resources = GROUP + namespace;
    JsonNode target = json(post(resources + "/collections", sample.target(), clone));
    String version = Clone.of(target).version();
    patch(resources + "/collections/" + clone.name(), sample.targetStatus(), clone, version);
    post("/apis/events.k8s.io/v1/namespaces/" + namespace + "/events", sample.event(), clone);
    patch(
        resources + "/collectionclones/" + clone.name(),
        sample.cloneStatus(),
        clone,
        clone.version());
  }

  private byte[] post(String path, String body, Clone clone) {
    return send(request(path).method("POST", "application/json", renamed(body, clone)));
  }

  private void patch(String path, String body, Clone clone, String version) {
    String versioned = renamed(body, clone).replace(VERSION, version);
    send(request(path + "/status").method("PATCH", JSON_PATCH, versioned));
  }

  private String renamed(String body, Clone clone) {
    return body.replace(sample.of().name(), clone.name())
        .replace(sample.of().catalogName(), clone.catalogName())
        .replace(sample.of().uid(), clone.uid());
  }

  private JsonNode get(String path) {
    return json(send(request(path)));
  }

  private HttpRequest.Builder request(String path) {
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(URI.create(client.getConfiguration().getMasterUrl()).resolve(path));
  }

  private byte[] send(HttpRequest.Builder request) {
    HttpRequest sent = request.build();
    HttpResponse<byte[]> response = client.getHttpClient().sendAsync(sent, byte[].class).join();
    if (!response.isSuccessful()) {
      throw new IllegalStateException(
          "%s: %d %s".formatted(sent.uri(), response.code(), new String(response.body(), UTF_8)));
    }
    return response.body();
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
