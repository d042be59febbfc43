package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Nullable;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One source field that the documents carry. */
public final class FieldPassthrough {

  @Required
  @Size(min = 1)
  @JsonPropertyDescription("Path of the source field, nested ones with dots.")
  public String sourcePath;

  @Size(min = 1)
  @JsonPropertyDescription(
      "Name of the field in the document; left out, the last part of sourcePath.")
  public String targetPath;

  @Nullable
  @JsonPropertyDescription("Value of any type where the source has no such field.")
  @JsonProperty("default")
  public JsonNode defaultValue;

  @JsonPropertyDescription("Whether processing fails where the source has no such field.")
  public Boolean required;
}
