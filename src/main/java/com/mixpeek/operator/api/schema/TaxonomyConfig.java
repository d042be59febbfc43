package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@JsonClassDescription("How the taxonomy classifies.")
@ValidationRule(
    value =
        "self.taxonomyType != 'flat' || ((has(self.retrieverId) || has(self.defaultRetrieverId)) && (has(self.inputMappings) || has(self.defaultInputMappings)) && has(self.sourceCollection))",
    message = "a flat taxonomy needs retrieverId, inputMappings and sourceCollection")
@ValidationRule(
    value =
        "self.taxonomyType != 'flat' || !(has(self.inferenceStrategy) || has(self.inferenceCollections) || has(self.hierarchicalNodes) || has(self.llmProvider) || has(self.llmModel) || has(self.llmPromptTemplate) || has(self.llmSampleSize) || has(self.clusterIds) || has(self.clusterOverlapThreshold))",
    message =
        "a flat taxonomy cannot have inferenceStrategy, inferenceCollections, hierarchicalNodes, llm… or cluster… fields: remove them, or use taxonomyType hierarchical")
@ValidationRule(
    value = "self.taxonomyType != 'flat' || !has(self.inferenceCollectionRefs)",
    message =
        "a flat taxonomy cannot have inferenceCollectionRefs: remove it, or use taxonomyType hierarchical")
@ValidationRule(
    value = "self.taxonomyType != 'hierarchical' || !has(self.sourceCollection)",
    message =
        "a hierarchical taxonomy cannot have sourceCollection: remove it, or use taxonomyType flat")
@ValidationRule(
    value =
        "self.taxonomyType != 'hierarchical' || has(self.inferenceStrategy) || (has(self.hierarchicalNodes) && size(self.hierarchicalNodes) > 0)",
    message = "a hierarchical taxonomy needs hierarchicalNodes or an inferenceStrategy")
@ValidationRule(
    value = "!has(self.inferenceCollections) || !has(self.inferenceCollectionRefs)",
    message = "inferenceCollections and inferenceCollectionRefs cannot both be given")
@ValidationRule(
    value = "!has(self.retrieverId) || !has(self.defaultRetrieverId)",
    message = "retrieverId and its older name defaultRetrieverId cannot both be given")
@ValidationRule(
    value = "!has(self.inputMappings) || !has(self.defaultInputMappings)",
    message = "inputMappings and its older name defaultInputMappings cannot both be given")
public final class TaxonomyConfig {

  public enum TaxonomyType {
    flat,
    hierarchical
  }

  public enum InferenceStrategy {
    schema,
    cluster,
    llm
  }

  public enum LlmProvider {
    openai_chat_v1
  }

  @Required
  @JsonPropertyDescription(
      "flat: one source collection and one retriever; hierarchical: a tree of collections.")
  public TaxonomyType taxonomyType;

  @Size(min = 1)
  @JsonPropertyDescription(
      "The retriever that matches documents (hierarchical: unless a node has its own).")
  public String retrieverId;

  @Size(min = 1)
  @JsonPropertyDescription("The API's older name of retrieverId, in place of it.")
  public String defaultRetrieverId;

  @JsonPropertyDescription(
      "How the retriever's inputs are built (hierarchical: unless a node has its own).")
  public List<InputMapping> inputMappings;

  @JsonPropertyDescription("The API's older name of inputMappings, in place of it.")
  public List<InputMapping> defaultInputMappings;

  @JsonPropertyDescription("From an older API, carried along as written.")
  public String buildMode;

  @JsonPropertyDescription("The collection to match against, with taxonomyType flat.")
  public SourceCollection sourceCollection;

  @JsonPropertyDescription("The API's step analytics, carried along as written.")
  public ObjectNode stepAnalytics;

  @JsonPropertyDescription(
      "How the hierarchy is inferred from inferenceCollections; left out, hierarchicalNodes say all of it.")
  public InferenceStrategy inferenceStrategy;

  @JsonPropertyDescription("IDs of the collections that the hierarchy is inferred from.")
  public List<@Size(min = 1) String> inferenceCollections;

  @JsonPropertyDescription(
      "The collections that the hierarchy is inferred from, by name in place of inferenceCollections.")
  public List<ResourceRef> inferenceCollectionRefs;

  @Size(max = 25_000)
  @ValidationRule(
      value =
          "self.transformMapEntry(i, n, {has(n.collectionId) ? n.collectionId : has(n.collectionRef) ? n.collectionRef.name : '': i}).size() == size(self)",
      message = "each collection can be one node only: remove the other")
  @JsonPropertyDescription(
      "The nodes of the hierarchy, each collection once; beside an inferenceStrategy they add to what is inferred.")
  public List<HierarchicalNode> hierarchicalNodes;

  @JsonPropertyDescription("Provider for the strategy llm.")
  public LlmProvider llmProvider;

  @JsonPropertyDescription("Model for the strategy llm.")
  public String llmModel;

  @JsonPropertyDescription(
      "Prompt for the strategy llm, with {collection_id} and {collection_name}.")
  public String llmPromptTemplate;

  @JsonPropertyDescription("How many documents the prompt shows; 0 for none.")
  public Integer llmSampleSize;

  @JsonPropertyDescription("Clusters for the strategy cluster.")
  public List<@Size(min = 1) String> clusterIds;

  @JsonPropertyDescription("The overlap from which one cluster is the parent of another.")
  public Double clusterOverlapThreshold;
}
