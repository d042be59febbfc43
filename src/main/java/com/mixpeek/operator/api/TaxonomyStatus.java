package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

@JsonClassDescription("What the operator reports of this Taxonomy.")
@ValidationRule(
    value =
        "!has(oldSelf.taxonomyId) || (has(self.taxonomyId) && self.taxonomyId == oldSelf.taxonomyId)",
    message = "status.taxonomyId was assigned once and cannot be changed or erased")
public class TaxonomyStatus extends CatalogStatus {

  @Override
  @JsonProperty("taxonomyId")
  @JsonPropertyDescription(
      "The Taxonomy's ID, assigned once and never changed: tax_ and 10 letters and digits, or the pinned"
          + " one.")
  public String id() {
    return super.id();
  }
}
