package com.mixpeek.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mixpeek.operator.api.ReportedStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Writes resources: nothing is read first, and a patch is taken only for the version that was read,
 * so that what was decided on one state is never written on another. A replica that does not lead
 * writes nothing.
 *
 * <p>It sends requests through the client's HTTP client: the client's operations look up types and
 * copy their context for each request, which costs more than the request.
 */
public final class ResourceWriter {

  private static final String JSON = "application/json";
  private static final String JSON_PATCH = "application/json-patch+json";

  private final KubernetesClient client;
  private final Leadership leadership;
  private final URI server;

  public ResourceWriter(KubernetesClient client, Leadership leadership) {
    this.client = client;
    this.leadership = leadership;
    this.server = URI.create(client.getConfiguration().getMasterUrl());
  }

  /**
   * Creates the resource.
   *
   * @return the resource as the API server has stored it
   * @throws KubernetesClientException with code 409 if one of its name exists, or with another code
   *     if the API server refuses it; -1 if it does not answer
   */
  public <R extends HasMetadata> R create(R resource) {
    return read(post(resource), type(resource));
  }

  /**
   * Creates what nobody looks at again.
   *
   * @throws KubernetesClientException as {@link #create}
   */
  public void add(HasMetadata resource) {
    post(resource);
  }

  private byte[] post(HasMetadata resource) {
    return send("POST", path(resource), JSON, json(resource));
  }

  /**
   * Replaces the status.
   *
   * @return the resource as it is now
   * @throws KubernetesClientException with code 409 if the resource has changed since it was read
   */
  public <R extends CustomResource<?, ?>> R status(R resource, ReportedStatus status) {
    return patch(resource, "/status", Map.of("/status", status));
  }

  /**
   * Replaces values by their JSON pointers.
   *
   * @throws KubernetesClientException as {@link #status}
   */
  public <R extends CustomResource<?, ?>> R values(R resource, Map<String, ?> values) {
    return patch(resource, "", values);
  }

  private <R extends CustomResource<?, ?>> R patch(
      R read, String subresource, Map<String, ?> values) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    patch
        .addObject()
        .put("op", "replace")
        .put("path", "/metadata/resourceVersion")
        .put("value", read.getMetadata().getResourceVersion());
    values.forEach(
        (path, value) ->
            patch.addObject().put("op", "add").put("path", path).set("value", tree(value)));
    String path = path(read) + "/" + read.getMetadata().getName() + subresource;
    return read(send("PATCH", path, JSON_PATCH, patch.toString()), type(read));
  }

  /** Relative to the API server's address, which has a path itself behind some proxies. */
  private static String path(HasMetadata resource) {
    return "apis/%s/namespaces/%s/%s"
        .formatted(
            resource.getApiVersion(), resource.getMetadata().getNamespace(), resource.getPlural());
  }

  @SuppressWarnings("unchecked")
  private static <R> Class<R> type(R resource) {
    return (Class<R>) resource.getClass();
  }

  private byte[] send(String method, String path, String type, String body) {
    // Asked at the last moment, as the lease may be gone by now.
    if (!leadership.leads()) {
      throw new IllegalStateException("This replica no longer leads and writes nothing.");
    }
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(server.resolve(path))
            .method(method, type, body)
            .build();
    HttpResponse<byte[]> response = await(request);
    if (!response.isSuccessful()) {
      Status status = status(response);
      throw new KubernetesClientException(status.getMessage(), response.code(), status);
    }
    return response.body();
  }

  private HttpResponse<byte[]> await(HttpRequest request) {
    try {
      return client.getHttpClient().sendAsync(request, byte[].class).get();
    } catch (ExecutionException e) {
      throw new KubernetesClientException(
          e.getCause() instanceof InterruptedIOException
              ? "The API server did not answer in time."
              : e.getCause().getMessage(),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("Stopped while waiting for the API server.", e);
    }
  }

  /** What the API server says of a refusal; a proxy on the way may say something else. */
  private Status status(HttpResponse<byte[]> response) {
    try {
      Status status = read(response.body(), Status.class);
      if (status.getMessage() != null) {
        return status;
      }
    } catch (RuntimeException e) {
      // Not the API server's words: the code alone tells.
    }
    return new StatusBuilder()
        .withCode(response.code())
        .withMessage("HTTP status " + response.code())
        .build();
  }

  private <T> T read(byte[] body, Class<T> type) {
    return client.getKubernetesSerialization().unmarshal(new ByteArrayInputStream(body), type);
  }

  private String json(Object value) {
    return client.getKubernetesSerialization().asJson(value);
  }

  private JsonNode tree(Object value) {
    return client.getKubernetesSerialization().convertValue(value, JsonNode.class);
  }
}
