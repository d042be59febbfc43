package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Nullable;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How one input of a retriever is built. */
public final class InputMapping {

  public enum SourceType {
    payload,
    literal,
    vector
  }

  @Required
  @Size(min = 1)
  @JsonPropertyDescription("The input's name.")
  public String inputKey;

  @JsonPropertyDescription("Where the value is taken from.")
  public SourceType sourceType;

  @JsonPropertyDescription(
      "Path of the field, nested ones with dots, with sourceType payload or vector.")
  public String path;

  @Nullable
  @JsonPropertyDescription("The value itself, of any type, with sourceType literal.")
  public JsonNode override;
}
