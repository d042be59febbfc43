package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.EnvtestApiServer;
import com.mixpeek.operator.testing.RealServer;
import com.mixpeek.operator.testing.RunningOperator;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;

/**
 * A namespace of its own on a real API server, whose resources are read and written as the JSON
 * they are: no class of ours stands between the test and the server.
 */
final class Scene implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long a cluster may take to collect garbage of kinds that it has just learned. */
  static final Duration COLLECTED = Duration.ofSeconds(90);

  static final String MERGE = "application/merge-patch+json";
  static final String PATCH = "application/json-patch+json";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final String PLAIN = "application/json";

  final ApiServer server;
  final KubernetesClient client;
  final String namespace = "s-" + UUID.randomUUID().toString().substring(0, 8);
  private RunningOperator operator;

  /** Skips the calling test where there is no real API server. */
  Scene(String what) {
    server = RealServer.orSkip(what);
    client = server.client();
    var metadata = new NamespaceBuilder().withNewMetadata().withName(namespace);
    client.resource(metadata.endMetadata().build()).create();
  }

  /** Skips the calling test, loudly, where nothing collects garbage or deletes namespaces. */
  void needsControllers(String what) {
    boolean lacking = server instanceof EnvtestApiServer own && !own.hasControllers();
    if (lacking) {
      System.err.printf("%n*** SKIPPED: %s needs kube-controller-manager.%n%n", what);
      close();
    }
    Assumptions.assumeFalse(lacking, "no kube-controller-manager");
  }

  /** Starts an operator for all namespaces, as it is by default; one that runs is stopped. */
  RunningOperator startOperator() {
    stopOperator();
    operator = new RunningOperator(server);
    return operator.start();
  }

  void stopOperator() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  /** Sends a request, again while the server asks to come back later, as it does after a start. */
  Reply send(String method, String type, String path, JsonNode body) {
    Reply reply = sendOnce(method, type, path, body);
    if (reply.code() != TOO_MANY_REQUESTS) {
      return reply;
    }
    return await("an answer to " + method + " " + path)
        .atMost(PATIENCE)
        .until(() -> sendOnce(method, type, path, body), r -> r.code() != TOO_MANY_REQUESTS);
  }

  private Reply sendOnce(String method, String type, String path, JsonNode body) {
    try {
      var request =
          client
              .getHttpClient()
              .newHttpRequestBuilder()
              .uri(client.getConfiguration().getMasterUrl() + path)
              .method(method, type, body == null ? null : JSON.writeValueAsString(body))
              .build();
      var response =
          client.getHttpClient().sendAsync(request, String.class).get(60, TimeUnit.SECONDS);
      return new Reply(response.code(), JSON.readTree(response.bodyString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Path of a resource of the four kinds: the plural, with name and subresource if need be. */
  String path(String resource) {
    return "apis/mixpeek.com/v1alpha1/namespaces/" + namespace + "/" + resource;
  }

  Reply post(ObjectNode resource) {
    return send("POST", PLAIN, path(plural(resource)), resource);
  }

  /** What the server would say to a resource like that, under a name of its own. */
  Reply dryRun(ObjectNode manifest) {
    ObjectNode resource = manifest.deepCopy();
    resource.withObject("/metadata").put("name", "probe");
    return send("POST", PLAIN, path(plural(resource)) + "?dryRun=All", resource);
  }

  Reply put(String resource, JsonNode body) {
    return send("PUT", PLAIN, path(resource), body);
  }

  /**
   * Merges the JSON into the resource.
   *
   * @param patch with single quotes for double ones
   */
  Reply merge(String resource, String patch) {
    return send("PATCH", MERGE, path(resource), Manifests.json(patch));
  }

  Reply patch(String resource, String patch) {
    try {
      return send("PATCH", PATCH, path(resource), JSON.readTree(patch.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  JsonNode create(ObjectNode resource) {
    return post(resource).ok();
  }

  /** The resource, null where there is none. */
  JsonNode get(String resource) {
    Reply reply = send("GET", PLAIN, path(resource), null);
    return reply.code() == 404 ? null : reply.ok();
  }

  List<JsonNode> list(String plural) {
    return stream(get(plural).get("items")).toList();
  }

  static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  void delete(String resource) {
    delete(resource, "Background");
  }

  /**
   * Deletes a resource, or all of a plural.
   *
   * @param propagation what becomes of what it owns: Background, Foreground or Orphan
   */
  void delete(String resource, String propagation) {
    ObjectNode options = Manifests.json("{'apiVersion': 'v1', 'kind': 'DeleteOptions'}");
    options.put("propagationPolicy", propagation);
    send("DELETE", PLAIN, path(resource), options).ok();
  }

  static String reason(JsonNode resource) {
    return ready(resource).path("reason").asText();
  }

  static JsonNode ready(JsonNode resource) {
    return stream(resource.path("status").path("conditions"))
        .filter(c -> c.get("type").asText().equals("Ready"))
        .findFirst()
        .orElseGet(JSON::createObjectNode);
  }

  /** Waits until the resource says the reason of its present generation. */
  JsonNode awaitReason(String resource, Reason reason) {
    return awaitReason(resource, reason, PATIENCE);
  }

  JsonNode awaitReason(String resource, Reason reason, Duration patience) {
    await("%s of %s".formatted(reason, resource))
        .atMost(patience)
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              JsonNode now = get(resource);
              assertThat(reason(now)).as("%s", now.get("status")).isEqualTo(reason.name());
              assertThat(now.at("/status/observedGeneration"))
                  .isEqualTo(now.at("/metadata/generation"));
            });
    return get(resource);
  }

  void awaitGone(String resource) {
    await("the end of " + resource).atMost(COLLECTED).until(() -> get(resource) == null);
  }

  private static String plural(ObjectNode resource) {
    return switch (resource.get("kind").asText()) {
      case "Collection" -> "collections";
      case "Taxonomy" -> "taxonomies";
      case "CollectionClone" -> "collectionclones";
      default -> "taxonomyclones";
    };
  }

  @Override
  public void close() {
    stopOperator();
    for (String plural :
        List.of("collectionclones", "taxonomyclones", "collections", "taxonomies")) {
      delete(plural);
    }
    client.namespaces().withName(namespace).delete();
    client.close();
  }
}
