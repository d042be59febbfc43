package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** One node of a hierarchical taxonomy. */
@ValidationRule(
    value = "has(self.collectionId) != has(self.collectionRef)",
    message = "a node needs exactly one of collectionId, collectionRef")
@ValidationRule(
    value = "!has(self.parentCollectionId) || !has(self.parentCollectionRef)",
    message = "parentCollectionId and parentCollectionRef cannot both be given")
@ValidationRule(
    value =
        "!has(self.parentCollectionRef) || !has(self.collectionRef) || self.parentCollectionRef.name != self.collectionRef.name",
    message =
        "a node cannot be its own parent: name another node in parentCollectionRef, or leave it out")
@ValidationRule(
    value =
        "!has(self.parentCollectionId) || !has(self.collectionId) || self.parentCollectionId != self.collectionId",
    message =
        "a node cannot be its own parent: name another node in parentCollectionId, or leave it out")
public final class HierarchicalNode {

  @Size(min = 5, max = 128)
  @Pattern("^col_[a-zA-Z0-9_]+$")
  @JsonPropertyDescription(
      "ID of the collection that the node stands for: col_ and letters, digits, _.")
  public String collectionId;

  @JsonPropertyDescription(
      "The collection that the node stands for, by name in place of collectionId.")
  public ResourceRef collectionRef;

  @Size(min = 5, max = 128)
  @Pattern("^col_[a-zA-Z0-9_]+$")
  @JsonPropertyDescription("collectionId of the parent node; left out, the node is a root.")
  public String parentCollectionId;

  @JsonPropertyDescription(
      "The collection of the parent node, by name in place of parentCollectionId.")
  public ResourceRef parentCollectionRef;

  @JsonPropertyDescription("Name of the node for people.")
  public String label;

  @JsonPropertyDescription("What the node holds.")
  public String summary;

  @JsonPropertyDescription("Keywords of the node.")
  public List<String> keywords;

  @Size(min = 5, max = 128)
  @Pattern("^ret_[a-zA-Z0-9_]+$")
  @JsonPropertyDescription("The node's own retriever: ret_ and letters, digits, _.")
  public String retrieverId;

  @JsonPropertyDescription("Fields that documents matched by this node get.")
  public List<EnrichmentField> enrichmentFields;

  @JsonPropertyDescription("The node's own input mappings.")
  public List<InputMapping> inputMappings;
}
