package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

@JsonClassDescription("What the operator reports of this TaxonomyClone.")
@ValidationRule(
    value =
        "!has(oldSelf.taxonomyId) || (has(self.taxonomyId) && self.taxonomyId == oldSelf.taxonomyId)",
    message = "status.taxonomyId was reported once and cannot be changed or erased")
public class TaxonomyCloneStatus extends CloneStatus {

  @Override
  @JsonProperty("taxonomyId")
  @JsonPropertyDescription("The ID of the Taxonomy that this clone made.")
  public String id() {
    return super.id();
  }

  @Override
  @JsonProperty("sourceTaxonomyId")
  @JsonPropertyDescription("The ID of the Taxonomy that was copied.")
  public String sourceId() {
    return super.sourceId();
  }
}
