package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@JsonClassDescription("What the collection is.")
@ValidationRule(
    value =
        "has(self.collectionId) == has(oldSelf.collectionId) && (!has(self.collectionId) || self.collectionId == oldSelf.collectionId)",
    fieldPath = ".collectionId",
    message = "collectionId is immutable: create another Collection that pins the other ID")
@ValidationRule(
    value =
        "has(self.connectionRef) == has(oldSelf.connectionRef) && (!has(self.connectionRef) || self.connectionRef == oldSelf.connectionRef)",
    fieldPath = ".connectionRef",
    message = "connectionRef is immutable: create another Collection with the other one")
public final class CollectionSpec {

  @Required
  @Size(min = 3, max = 100)
  @Pattern("^[A-Za-z0-9_-]+$")
  @JsonPropertyDescription(
      "The catalog name, 3 to 100 letters, digits, _ or -: unique among the Collections of the namespace.")
  public String collectionName;

  @JsonPropertyDescription("What the collection is for.")
  public String description;

  @Required
  @ValidationRule(
      value = "self == oldSelf",
      message = "source is immutable: create a CollectionClone that overrides it")
  @JsonPropertyDescription(
      "Where the data comes from: one or more buckets, or one or more other collections. Immutable.")
  public CollectionSource source;

  @Required
  @ValidationRule(
      value = "self == oldSelf",
      message = "featureExtractor is immutable: create a CollectionClone that overrides it")
  @JsonPropertyDescription(
      "The extractor that runs over the data, with its parameters and mappings. Immutable.")
  public FeatureExtractor featureExtractor;

  @Default("true")
  @JsonPropertyDescription("Whether the collection processes data.")
  public Boolean enabled;

  @JsonPropertyDescription("Free-form data about the collection.")
  public ObjectNode metadata;

  @JsonPropertyDescription("The taxonomies that enrich the documents of this collection.")
  public List<TaxonomyApplication> taxonomyApplications;

  @JsonPropertyDescription(
      "The schema of the documents that come in, free-form. A clone that overrides source does not copy it.")
  public ObjectNode inputSchema;

  @JsonPropertyDescription("The API's schedule, carried along as written.")
  public ObjectNode schedule;

  @JsonPropertyDescription("The API's cluster applications, carried along as written.")
  public List<ObjectNode> clusterApplications;

  @JsonPropertyDescription("The API's alert applications, carried along as written.")
  public List<ObjectNode> alertApplications;

  @JsonPropertyDescription("The API's retriever enrichments, carried along as written.")
  public List<ObjectNode> retrieverEnrichments;

  @Size(min = 5, max = 128)
  @Pattern("^col_[A-Za-z0-9_]+$")
  @JsonPropertyDescription(
      "Pins an ID that exists already: col_ and letters, digits, _. Left out, the operator assigns one. Immutable.")
  public String collectionId;

  @JsonPropertyDescription(
      "The Connection, in the same namespace, to the Mixpeek namespace where this Collection stands for one. Left out, it lives in the cluster. Immutable.")
  public ResourceRef connectionRef;

  @JsonPropertyDescription(
      "What becomes of it at Mixpeek when this Collection is deleted: Retain, which is meant where nothing is said, leaves it, Delete removes it. Without a connectionRef it means nothing. May be changed at any time.")
  public RemoteDeletionPolicy deletionPolicy;
}
