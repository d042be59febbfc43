package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

@JsonClassDescription("What the operator reports of this CollectionClone.")
@ValidationRule(
    value =
        "!has(oldSelf.collectionId) || (has(self.collectionId) && self.collectionId == oldSelf.collectionId)",
    message = "status.collectionId was reported once and cannot be changed or erased")
public class CollectionCloneStatus extends CloneStatus {

  @Override
  @JsonProperty("collectionId")
  @JsonPropertyDescription("The ID of the Collection that this clone made.")
  public String id() {
    return super.id();
  }

  @Override
  @JsonProperty("sourceCollectionId")
  @JsonPropertyDescription("The ID of the Collection that was copied.")
  public String sourceId() {
    return super.sourceId();
  }
}
