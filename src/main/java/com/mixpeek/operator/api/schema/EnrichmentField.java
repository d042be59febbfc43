package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One field that matched documents get. */
public final class EnrichmentField {

  public enum MergeMode {
    replace,
    append
  }

  @Required
  @Size(min = 1)
  @JsonPropertyDescription("Path of the field to copy, nested ones with dots.")
  public String fieldPath;

  @Size(min = 1)
  @JsonPropertyDescription("Name of the field in the document; left out, fieldPath.")
  public String targetField;

  @JsonPropertyDescription("Whether the value replaces what is there or is appended to it.")
  public MergeMode mergeMode;
}
