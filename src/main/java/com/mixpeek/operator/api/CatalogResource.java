package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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
    extends MixpeekResource<ObjectNode, S> {

  @Override
  protected ObjectNode initSpec() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The spec as it was received, until somebody looks into it. */
  private volatile UnparsedSpec unparsed;

  /** What the spec points at by name, once it was asked for. */
  private volatile List<Reference> references;

  /** The Connection's name, once it was asked for. */
  private volatile Optional<String> connection;

  @Override
  @JsonProperty("spec")
  public ObjectNode getSpec() {
    if (unparsed != null) {
      // Once: another tree that came later would be seen before what is in it.
      synchronized (this) {
        UnparsedSpec received = unparsed;
        if (received != null) {
          super.setSpec(received.parse());
          unparsed = null;
        }
      }
    }
    return super.getSpec();
  }

  @JsonProperty("spec")
  @JsonDeserialize(using = UnparsedSpec.Deserializer.class)
  void receiveSpec(UnparsedSpec received) {
    boolean isTree = received == null || received.tree() != null;
    super.setSpec(received == null ? null : received.tree());
    unparsed = isTree ? null : received;
  }

  @Override
  public List<String> unreadable() {
    boolean absent = unparsed == null && super.getSpec() == null;
    return absent ? List.of("spec") : super.unreadable();
  }

  /** What the spec points at by name. A spec that came as bytes is not kept as a tree for it. */
  public List<Reference> references() {
    List<Reference> known = references;
    if (known == null) {
      UnparsedSpec received = unparsed;
      known = received != null ? received.references() : References.byName(super.getSpec());
      references = known;
    }
    return known;
  }

  /** The Connection that it goes through; empty where it lives in the cluster. */
  public Optional<String> connection() {
    Optional<String> known = connection;
    if (known == null) {
      UnparsedSpec received = unparsed;
      ObjectNode spec =
          received == null ? super.getSpec() : received.mayRefer() ? received.parse() : null;
      known =
          Optional.ofNullable(spec)
              .map(s -> s.path("connectionRef").path("name"))
              .filter(JsonNode::isTextual)
              .map(JsonNode::textValue);
      connection = known;
    }
    return known;
  }

  /** What the status says of what is at Mixpeek; nothing where it says nothing. */
  public RemoteStatus remote() {
    return getStatus() instanceof CatalogStatus status && status.getRemote() != null
        ? status.getRemote()
        : RemoteStatus.NONE;
  }

  /** Whether what stands for it at Mixpeek is to be deleted with it. */
  public boolean deletesRemotely() {
    return connection().isPresent()
        && text("deletionPolicy").filter(DeletionPolicy.Delete.name()::equals).isPresent();
  }

  /** A field of the spec that holds text, empty where it is absent or not text. */
  public Optional<String> text(String field) {
    UnparsedSpec received = unparsed;
    if (received != null && UnparsedSpec.isKeyField(field)) {
      return Optional.ofNullable(received.texts().get(field));
    }
    return Optional.ofNullable(getSpec())
        .map(spec -> spec.get(field))
        .filter(node -> node.isTextual())
        .map(node -> node.textValue());
  }
}
