package com.mixpeek.operator.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.ReportedStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Manifests as the operator's types, and back. */
final class ResourceJson {

  /** The client's own mapper gives the same, but first loads every kind of Kubernetes. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ResourceJson() {}

  /**
   * A new object with what the manifest says.
   *
   * @throws JsonMappingException if a field of the resource's frame is of another type than it can
   *     be
   */
  static <T extends HasMetadata> T read(ObjectNode manifest, Class<T> type)
      throws JsonProcessingException {
    return JSON.treeToValue(manifest, type);
  }

  /** The resource under that UID and with that status; the specs are one, which is only read. */
  static <R extends CatalogResource<?>> R copy(
      CatalogKind<?, R> kind, R resource, String uid, ReportedStatus status) {
    R copy = kind.newResource().get();
    copy.setMetadata(resource.getMetadata().toBuilder().withUid(uid).build());
    copy.setSpec(resource.getSpec());
    copy.report(status);
    return copy;
  }

  /** The resource with other metadata, without a status, its fields in the usual order. */
  static ObjectNode write(CatalogResource<?> resource, ObjectMeta metadata) {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("apiVersion", resource.getApiVersion());
    manifest.put("kind", resource.getKind());
    ObjectNode given = JSON.valueToTree(metadata);
    ObjectNode ordered = manifest.putObject("metadata");
    for (String field : new String[] {"name", "namespace"}) {
      if (given.hasNonNull(field)) {
        ordered.set(field, given.remove(field));
      }
    }
    given.remove("uid");
    given.remove("generation");
    ordered.setAll(given);
    manifest.set("spec", resource.getSpec());
    return manifest;
  }
}
