package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** What the operator reports of a TaxonomyClone. */
@JsonClassDescription("What the operator reports of this TaxonomyClone.")
@ValidationRule(
    value =
        "!has(oldSelf.taxonomyId) || (has(self.taxonomyId) && self.taxonomyId == oldSelf.taxonomyId)",
    message = "status.taxonomyId was reported once and cannot be changed or erased")
public class TaxonomyCloneStatus extends CloneStatus {

  @JsonProperty
  @JsonPropertyDescription("The ID of the Taxonomy that this clone made.")
  private String taxonomyId;

  @JsonProperty
  @JsonPropertyDescription("The ID of the Taxonomy that was copied.")
  private String sourceTaxonomyId;

  @Override
  public String id() {
    return taxonomyId;
  }

  @Override
  public void id(String id) {
    this.taxonomyId = id;
  }

  @Override
  public String sourceId() {
    return sourceTaxonomyId;
  }

  @Override
  public void sourceId(String id) {
    this.sourceTaxonomyId = id;
  }
}
