package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

@JsonClassDescription("What the operator reports of this Collection.")
@ValidationRule(
    value =
        "!has(oldSelf.collectionId) || (has(self.collectionId) && self.collectionId == oldSelf.collectionId)",
    message = "status.collectionId was assigned once and cannot be changed or erased")
public class CollectionStatus extends CatalogStatus {

  @Override
  @JsonProperty("collectionId")
  @JsonPropertyDescription(
      "The Collection's ID, assigned once and never changed: col_ and 10 letters and digits, or the pinned"
          + " one.")
  public String id() {
    return super.id();
  }
}
