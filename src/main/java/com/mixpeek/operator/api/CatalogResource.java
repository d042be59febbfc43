package com.mixpeek.operator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;

/**
 * A Collection or a Taxonomy.
 *
 * <p>The spec is the user's JSON, held as JSON: it is copied, never interpreted beyond a few
 * fields, so a field that this version does not know, or a value of a type it did not expect, is
 * carried along and stops nothing. What a spec may hold is said in {@code api.schema}, which the
 * CRDs are written from and the API server enforces.
 *
 * @param <S> the status type
 */
public abstract class CatalogResource<S extends ReportedStatus>
    extends CustomResource<ObjectNode, S> implements Namespaced {

  @Override
  protected ObjectNode initSpec() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  protected S initStatus() {
    return null;
  }

  /** The ID that the operator assigned, empty until it did. */
  public Optional<String> assignedId() {
    return Optional.ofNullable(getStatus()).map(ReportedStatus::id);
  }

  /** Sets the status, which is one of this kind's. */
  @SuppressWarnings("unchecked")
  public void report(ReportedStatus status) {
    setStatus((S) status);
  }

  /** A field of the spec that holds text, empty where it is absent or not text. */
  public Optional<String> text(String field) {
    return Optional.ofNullable(getSpec())
        .map(spec -> spec.get(field))
        .filter(node -> node.isTextual())
        .map(node -> node.textValue());
  }
}
