package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The collection that a flat taxonomy matches against. */
@ValidationRule(
    value = "has(self.collectionId) != has(self.collectionRef)",
    message = "sourceCollection needs exactly one of collectionId, collectionRef")
public final class SourceCollection {

  @Size(min = 1)
  @JsonPropertyDescription("ID of the collection.")
  public String collectionId;

  @JsonPropertyDescription("The collection, by name in place of collectionId.")
  public ResourceRef collectionRef;

  @JsonPropertyDescription("Fields that matched documents get; left out, all of them.")
  public List<EnrichmentField> enrichmentFields;
}
