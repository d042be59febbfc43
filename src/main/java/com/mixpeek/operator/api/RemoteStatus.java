package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import java.util.Map;

/**
 * What Mixpeek says of a Collection or Taxonomy, and what the operator must remember of what it
 * asked for. A field is null where nothing is known.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RemoteStatus(
    @JsonPropertyDescription("The schema of the documents that come in, as Mixpeek worked it out.")
        @SchemaFrom(type = ObjectNode.class)
        JsonObject inputSchema,
    @JsonPropertyDescription("The schema of the documents that come out.")
        @SchemaFrom(type = ObjectNode.class)
        JsonObject outputSchema,
    @JsonPropertyDescription("How many documents it has.") Long documentCount,
    @JsonPropertyDescription("When it was created at Mixpeek.") String createdAt,
    @JsonPropertyDescription("The Taxonomy's version at Mixpeek.") Long version,
    @JsonPropertyDescription("Whether the Taxonomy is ready at Mixpeek.") Boolean ready,
    @JsonPropertyDescription(
            "When this was read. While nothing changes at Mixpeek it is not renewed, though it is"
                + " looked at every ten minutes or more.")
        String observedAt,
    @JsonPropertyDescription("The request to create it of which the outcome is not known yet.")
        Attempt attempt,
    @JsonPropertyDescription(
            "A digest of each field of the spec that may be changed, as it was last sent to Mixpeek:"
                + " what differs from it is sent anew.")
        Map<String, String> applied,
    @JsonPropertyDescription(
            "The Mixpeek namespace that it is in, by its ID: its Connection may come to lead"
                + " elsewhere. Without an ID, the one in which it was refused.")
        String namespaceId) {

  /** Of something of which nothing is known. */
  public static final RemoteStatus NONE =
      new RemoteStatus(null, null, null, null, null, null, null, null, null, null);

  /**
   * A request to create something.
   *
   * @param since when its name was last seen to be free, by Mixpeek's clock
   * @param name the catalog name that was asked for: the spec's may have been changed since
   * @param generation of the spec that was sent
   * @param namespaceId of the Mixpeek namespace that it was sent to, null where that is not known
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Attempt(
      @Required @JsonPropertyDescription("When the name was seen to be free, by Mixpeek's clock.")
          String since,
      @JsonPropertyDescription("The catalog name that was asked for.") String name,
      @JsonPropertyDescription("The metadata.generation that was sent.") Long generation,
      @JsonPropertyDescription("The Mixpeek namespace that it was sent to.") String namespaceId) {

    /** Whether it may have been sent to that Mixpeek namespace. */
    public boolean isIn(String otherNamespaceId) {
      return namespaceId == null
          || otherNamespaceId == null
          || namespaceId.equals(otherNamespaceId);
    }
  }

  /** The same with another attempt, null for none. */
  public RemoteStatus withAttempt(Attempt other) {
    return new RemoteStatus(
        inputSchema,
        outputSchema,
        documentCount,
        createdAt,
        version,
        ready,
        observedAt,
        other,
        applied,
        namespaceId);
  }

  /** The same with other fields applied. */
  public RemoteStatus withApplied(Map<String, String> other) {
    return new RemoteStatus(
        inputSchema,
        outputSchema,
        documentCount,
        createdAt,
        version,
        ready,
        observedAt,
        attempt,
        other,
        namespaceId);
  }

  /** The same, read at another time. */
  public RemoteStatus withObservedAt(String time) {
    return new RemoteStatus(
        inputSchema,
        outputSchema,
        documentCount,
        createdAt,
        version,
        ready,
        time,
        attempt,
        applied,
        namespaceId);
  }

  /** The same, in a Mixpeek namespace; null where that is not known. */
  public RemoteStatus withNamespaceId(String other) {
    return new RemoteStatus(
        inputSchema,
        outputSchema,
        documentCount,
        createdAt,
        version,
        ready,
        observedAt,
        attempt,
        applied,
        other);
  }
}
