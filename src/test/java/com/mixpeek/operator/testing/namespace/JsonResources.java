package com.mixpeek.operator.testing.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Resources read and written as the JSON that they are: no class of ours stands between the test
 * and the server. One is named by its plural and its name: {@code collections/a}.
 */
public final class JsonResources {

  public static final ObjectMapper JSON = new ObjectMapper();

  private static final String MERGE = "application/merge-patch+json";
  private static final String PATCH = "application/json-patch+json";
  private static final String PLAIN = "application/json";
  private static final int TOO_MANY_REQUESTS = 429;

  private final KubernetesClient client;
  private final String namespace;

  JsonResources(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Reads JSON in which single quotes stand for double ones. */
  public static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Sends a request, again while the server asks to come back later, as it does after a start. */
  public ApiResponse send(String method, String type, String path, JsonNode body) {
    ApiResponse response = sendOnce(method, type, path, body);
    if (response.code() != TOO_MANY_REQUESTS) {
      return response;
    }
    return await("an answer to " + method + " " + path)
        .atMost(TestNamespace.PATIENCE)
        .until(() -> sendOnce(method, type, path, body), r -> r.code() != TOO_MANY_REQUESTS);
  }

  private ApiResponse sendOnce(String method, String type, String path, JsonNode body) {
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
      return new ApiResponse(response.code(), JSON.readTree(response.bodyString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Path of a resource of the four kinds: the plural, with name and subresource if need be. */
  public String path(String resource) {
    return "apis/mixpeek.com/v1alpha1/namespaces/" + namespace + "/" + resource;
  }

  public ApiResponse post(ObjectNode resource) {
    return post(resource, "");
  }

  /** Creates a resource with such a query: {@code ?dryRun=All}. */
  public ApiResponse post(ObjectNode resource, String query) {
    return send("POST", PLAIN, path(plural(resource)) + query, resource);
  }

  /** What the server would say to a resource like that, under a name of its own. */
  public ApiResponse dryRun(ObjectNode manifest) {
    ObjectNode resource = manifest.deepCopy();
    resource.withObject("/metadata").put("name", "probe");
    return post(resource, "?dryRun=All");
  }

  public ApiResponse put(String resource, JsonNode body) {
    return send("PUT", PLAIN, path(resource), body);
  }

  /**
   * Merges the JSON into the resource.
   *
   * @param patch with single quotes for double ones
   */
  public ApiResponse merge(String resource, String patch) {
    return send("PATCH", MERGE, path(resource), json(patch));
  }

  public ApiResponse patch(String resource, String patch) {
    try {
      return send("PATCH", PATCH, path(resource), JSON.readTree(patch.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public JsonNode create(ObjectNode resource) {
    return post(resource).ok();
  }

  /** The resource, null where there is none. */
  public JsonNode get(String resource) {
    ApiResponse response = send("GET", PLAIN, path(resource), null);
    return response.code() == 404 ? null : response.ok();
  }

  public List<JsonNode> list(String plural) {
    return stream(get(plural).get("items")).toList();
  }

  public static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** Changes the spec as a person would, with PUT. */
  public void edit(String resource, Consumer<ObjectNode> change) {
    await("an edit of " + resource)
        .atMost(TestNamespace.PATIENCE)
        .until(
            () -> {
              JsonNode now = get(resource);
              change.accept((ObjectNode) now.get("spec"));
              return put(resource, now).code() == 200;
            });
  }

  public void delete(String resource) {
    delete(resource, "Background");
  }

  /**
   * Deletes a resource, or all of a plural.
   *
   * @param propagation what becomes of what it owns: Background, Foreground or Orphan
   */
  public void delete(String resource, String propagation) {
    ObjectNode options = json("{'apiVersion': 'v1', 'kind': 'DeleteOptions'}");
    options.put("propagationPolicy", propagation);
    send("DELETE", PLAIN, path(resource), options).ok();
  }

  public static String reason(JsonNode resource) {
    return ready(resource).path("reason").asText();
  }

  public static JsonNode ready(JsonNode resource) {
    return stream(resource.path("status").path("conditions"))
        .filter(c -> c.get("type").asText().equals("Ready"))
        .findFirst()
        .orElseGet(JSON::createObjectNode);
  }

  /** Waits until the resource says the reason of its present generation. */
  public JsonNode awaitReason(String resource, Reason reason) {
    return awaitReason(resource, reason, TestNamespace.PATIENCE);
  }

  public JsonNode awaitReason(String resource, Reason reason, Duration patience) {
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

  public void awaitGone(String resource) {
    await("the end of " + resource)
        .atMost(TestNamespace.GARBAGE_COLLECTION)
        .until(() -> get(resource) == null);
  }

  private static String plural(ObjectNode resource) {
    return switch (resource.get("kind").asText()) {
      case "Collection" -> "collections";
      case "Taxonomy" -> "taxonomies";
      case "CollectionClone" -> "collectionclones";
      case "Connection" -> "connections";
      default -> "taxonomyclones";
    };
  }
}
