package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A taxonomy attached to a collection. */
@ValidationRule(
    value = "has(self.taxonomyId) != has(self.taxonomyRef)",
    message = "a taxonomy application needs exactly one of taxonomyId, taxonomyRef")
@ValidationRule(
    value = "!has(self.targetCollectionId) || !has(self.targetCollectionRef)",
    message = "targetCollectionId and targetCollectionRef cannot both be given")
public final class TaxonomyApplication {

  public enum ExecutionMode {
    materialize,
    on_demand
  }

  public enum HierarchicalEnrichmentStyle {
    full_chain,
    best_match,
    combined
  }

  @Size(min = 1)
  @JsonPropertyDescription("ID of the taxonomy to apply.")
  public String taxonomyId;

  @JsonPropertyDescription("The taxonomy to apply, by name in place of taxonomyId.")
  public ResourceRef taxonomyRef;

  @JsonPropertyDescription(
      "materialize writes the result when documents come in; on_demand is from an older API.")
  public ExecutionMode executionMode;

  @Size(min = 1)
  @JsonPropertyDescription(
      "The collection to write the result to; left out, the collection itself.")
  public String targetCollectionId;

  @JsonPropertyDescription(
      "The collection to write the result to, by name in place of targetCollectionId.")
  public ResourceRef targetCollectionRef;

  @JsonPropertyDescription("Which documents are enriched, free-form; left out, all.")
  public ObjectNode scrollFilters;

  @Min(1)
  @Max(3)
  @JsonPropertyDescription("When it runs: 1 with taxonomies, 2 with clusters, 3 with alerts.")
  public Integer executionPhase;

  @Min(0)
  @Max(1000)
  @JsonPropertyDescription("Order within the phase, 0 to 1000: higher runs first.")
  public Integer priority;

  @JsonPropertyDescription(
      "How the result of a hierarchical taxonomy is written: the whole chain, the best match, or both.")
  public HierarchicalEnrichmentStyle hierarchicalEnrichmentStyle;
}
