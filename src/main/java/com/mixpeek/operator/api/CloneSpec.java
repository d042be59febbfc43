package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * What both clones ask for. Source reference and overrides are the user's JSON, held as JSON: see
 * {@link CatalogResource} for why, and {@code api.schema} for what they may hold.
 */
@JsonClassDescription("What to copy, and what differs.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class CloneSpec extends Lenient {

  @Required
  @JsonPropertyDescription(
      "The resource to copy, in the same namespace: exactly one of its name, catalog name or ID.")
  private JsonObject sourceRef;

  @JsonPropertyDescription(
      "The Connection to the Mixpeek namespace that the source is in. Only for a source that has no"
          + " resource in the cluster: otherwise the clone goes where its source is. Immutable.")
  private ConnectionRef connectionRef;

  @Required
  @JsonPropertyDescription(
      "The fields that differ. A field given here replaces the source's whole field; a field left"
          + " out is copied.")
  private JsonObject overrides;

  @Size(min = 1, max = 253)
  @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
  @JsonPropertyDescription(
      "metadata.name of the resource to create; left out, it is the clone's own name.")
  private String targetName;

  @JsonPropertyDescription("Labels and annotations for the resource to create.")
  private TargetMetadata targetMetadata;

  @JsonPropertyDescription(
      "While true nothing is created. What is made already stays made, and deleting works.")
  private Boolean suspend;

  @Default("Retain")
  @JsonFormat(with = JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
  @JsonPropertyDescription(
      "What becomes of the created resource when this clone is deleted: Retain leaves it, Delete"
          + " removes it. May be changed at any time.")
  private DeletionPolicy deletionPolicy;

  public ObjectNode getSourceRef() {
    return sourceRef == null ? null : sourceRef.open();
  }

  public void setSourceRef(ObjectNode sourceRef) {
    this.sourceRef = JsonObject.holding(sourceRef);
  }

  /** Whether there is one, which looks into none. */
  boolean hasSourceRef() {
    return sourceRef != null;
  }

  @JsonProperty("sourceRef")
  void receiveSourceRef(JsonObject received) {
    sourceRef = received;
  }

  public ConnectionRef getConnectionRef() {
    return connectionRef;
  }

  public void setConnectionRef(ConnectionRef connectionRef) {
    this.connectionRef = connectionRef;
  }

  public ObjectNode getOverrides() {
    return overrides == null ? null : overrides.open();
  }

  public void setOverrides(ObjectNode overrides) {
    this.overrides = JsonObject.holding(overrides);
  }

  /** Whether there are any, which looks into none. */
  boolean hasOverrides() {
    return overrides != null;
  }

  @JsonProperty("overrides")
  void receiveOverrides(JsonObject received) {
    overrides = received;
  }

  /** Keeps bytes only of what was looked into, until somebody looks again. */
  public void close() {
    if (sourceRef != null) {
      sourceRef.close();
    }
    if (overrides != null) {
      overrides.close();
    }
  }

  public String getTargetName() {
    return targetName;
  }

  public void setTargetName(String targetName) {
    this.targetName = targetName;
  }

  public TargetMetadata getTargetMetadata() {
    return targetMetadata;
  }

  public Boolean getSuspend() {
    return suspend;
  }

  public void setSuspend(Boolean suspend) {
    this.suspend = suspend;
  }

  public DeletionPolicy getDeletionPolicy() {
    return deletionPolicy;
  }

  public void setDeletionPolicy(DeletionPolicy deletionPolicy) {
    this.deletionPolicy = deletionPolicy;
  }
}
