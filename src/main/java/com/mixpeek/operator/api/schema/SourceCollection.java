package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The collection that a flat taxonomy matches against. */
public final class SourceCollection {

  @Required
  @Size(min = 1)
  @JsonPropertyDescription("ID of the collection.")
  public String collectionId;

  @JsonPropertyDescription("Fields that matched documents get; left out, all of them.")
  public List<EnrichmentField> enrichmentFields;
}
