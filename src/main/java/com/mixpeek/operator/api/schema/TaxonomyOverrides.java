package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What a TaxonomyClone may override. No defaults here: one would override silently. */
@JsonClassDescription("The fields that differ from the source.")
public final class TaxonomyOverrides {

  @Required
  @Size(min = 3, max = 100)
  @Pattern("^[A-Za-z0-9_-]+$")
  @JsonPropertyDescription(
      "The new catalog name, 3 to 100 letters, digits, _ or -: different from the source's and free in the namespace.")
  public String taxonomyName;

  @JsonPropertyDescription("What the taxonomy is for.")
  public String description;

  @JsonPropertyDescription("How the taxonomy classifies: flat or hierarchical.")
  public TaxonomyConfig config;
}
