package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What both clones report beside their conditions: what was copied, into what, and how it differs.
 */
@ValidationRule(
    value =
        "!has(oldSelf.targetName) || (has(self.targetName) && self.targetName =="
            + " oldSelf.targetName)",
    message = "status.targetName was reported once and cannot be changed or erased")
public abstract class CloneStatus extends ReportedStatus {

  @JsonPropertyDescription("metadata.name of the source that was copied.")
  private String sourceName;

  @JsonPropertyDescription(
      "metadata.generation of the source that was copied: which state of it the target holds (with"
          + " reason InvalidOverrides: which state was tried).")
  private Long sourceGeneration;

  @JsonPropertyDescription("metadata.name of the resource that this clone made.")
  private String targetName;

  @JsonPropertyDescription("The fields that were overridden; all others were copied.")
  private List<String> overriddenFields;

  private String sourceId;

  /** The source's ID at the time of the copy. */
  public String sourceId() {
    return sourceId;
  }

  public void sourceId(String id) {
    this.sourceId = id;
  }

  public String getSourceName() {
    return sourceName;
  }

  public void setSourceName(String sourceName) {
    this.sourceName = sourceName;
  }

  public Long getSourceGeneration() {
    return sourceGeneration;
  }

  public void setSourceGeneration(Long sourceGeneration) {
    this.sourceGeneration = sourceGeneration;
  }

  public String getTargetName() {
    return targetName;
  }

  public void setTargetName(String targetName) {
    this.targetName = targetName;
  }

  public List<String> getOverriddenFields() {
    return overriddenFields;
  }

  public void setOverriddenFields(List<String> overriddenFields) {
    this.overriddenFields = overriddenFields;
  }
}
