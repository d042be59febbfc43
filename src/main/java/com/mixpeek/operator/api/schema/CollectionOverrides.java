package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What a CollectionClone may override. No defaults here: one would override silently. */
@JsonClassDescription("The fields that differ from the source.")
public final class CollectionOverrides {

  @Required
  @Size(min = 3, max = 100)
  @Pattern("^[A-Za-z0-9_-]+$")
  @JsonPropertyDescription(
      "The new catalog name, 3 to 100 letters, digits, _ or -: different from the source's and free in the namespace.")
  public String collectionName;

  @JsonPropertyDescription("What the collection is for.")
  public String description;

  @JsonPropertyDescription(
      "Where the data comes from: one or more buckets, or one or more other collections.")
  public CollectionSource source;

  @JsonPropertyDescription(
      "The extractor that runs over the data, with its parameters and mappings.")
  public FeatureExtractor featureExtractor;

  @JsonPropertyDescription("Whether the collection processes data.")
  public Boolean enabled;

  @JsonPropertyDescription("Free-form data about the collection.")
  public ObjectNode metadata;

  @JsonPropertyDescription("The taxonomies that enrich the documents of this collection.")
  public List<TaxonomyApplication> taxonomyApplications;
}
