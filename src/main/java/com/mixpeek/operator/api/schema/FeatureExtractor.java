package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@JsonClassDescription("The extractor that runs over the data.")
public final class FeatureExtractor {

  @Required
  @Size(min = 1)
  @JsonPropertyDescription("The extractor's name.")
  public String featureExtractorName;

  @Required
  @Size(min = 1)
  @JsonPropertyDescription("The extractor's version.")
  public String version;

  @JsonPropertyDescription("Parameters that decide the vector index, free-form.")
  public ObjectNode params;

  @JsonPropertyDescription("Parameters of the extractor, free-form.")
  public ObjectNode parameters;

  @JsonPropertyDescription(
      "Which field each of the extractor's inputs is read from: a map of input names to field paths, or a list of mappings, each with its inputKey.")
  public JsonNode inputMappings;

  @JsonPropertyDescription(
      "Source fields that the documents carry beside what the extractor makes.")
  public List<FieldPassthrough> fieldPassthrough;

  @JsonPropertyDescription("Whether the documents carry all fields of the source.")
  public Boolean includeAllSourceFields;

  @JsonPropertyDescription("What the extractor is used for.")
  public String description;
}
