package com.mixpeek.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mixpeek.operator.api.ReportedStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/**
 * Writes resources: nothing is read first, and a patch is taken only for the version that was read,
 * so that what was decided on one state is never written on another. A replica that does not lead
 * writes nothing.
 */
public final class ResourceWriter {

  private static final PatchContext JSON = PatchContext.of(PatchType.JSON);

  private final KubernetesClient client;
  private final Leadership leadership;

  public ResourceWriter(KubernetesClient client, Leadership leadership) {
    this.client = client;
    this.leadership = leadership;
  }

  /** Creates the resource; fails with code 409 if one of its name exists. */
  public <R extends HasMetadata> R create(R resource) {
    return leading().resource(resource).create();
  }

  /**
   * Replaces the status.
   *
   * @return the resource as it is now
   * @throws io.fabric8.kubernetes.client.KubernetesClientException with code 409 if the resource
   *     has changed since it was read
   */
  public <R extends CustomResource<?, ?>> R status(R resource, ReportedStatus status) {
    return leading()
        .resource(resource)
        .subresource("status")
        .patch(JSON, patch(resource, Map.of("/status", status)));
  }

  /** Whether the status as it was says the same already, so that there is nothing to write. */
  public boolean isUnchanged(ReportedStatus before, ReportedStatus status) {
    return before != null && json(before).equals(json(status));
  }

  /**
   * Replaces values by their JSON pointers.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as {@link #status}
   */
  public <R extends CustomResource<?, ?>> R values(R resource, Map<String, ?> values) {
    return leading().resource(resource).patch(JSON, patch(resource, values));
  }

  /** The client, for a write: asked at the last moment, as the lease may be gone by now. */
  private KubernetesClient leading() {
    if (!leadership.leads()) {
      throw new IllegalStateException("This replica no longer leads and writes nothing.");
    }
    return client;
  }

  private String patch(CustomResource<?, ?> read, Map<String, ?> values) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    patch
        .addObject()
        .put("op", "replace")
        .put("path", "/metadata/resourceVersion")
        .put("value", read.getMetadata().getResourceVersion());
    values.forEach(
        (path, value) ->
            patch.addObject().put("op", "add").put("path", path).set("value", json(value)));
    return patch.toString();
  }

  private JsonNode json(Object value) {
    return client.getKubernetesSerialization().convertValue(value, JsonNode.class);
  }
}
