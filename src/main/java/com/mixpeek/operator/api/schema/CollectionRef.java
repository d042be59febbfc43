package com.mixpeek.operator.api.schema;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

@JsonClassDescription("The Collection to copy.")
@ValidationRule(
    value = "[has(self.name), has(self.collectionName), has(self.collectionId)].exists_one(x, x)",
    message = "sourceRef needs exactly one of name, collectionName, collectionId")
public final class CollectionRef {

  @Size(min = 1, max = 253)
  @JsonPropertyDescription("metadata.name of the source Collection.")
  public String name;

  @Size(min = 3, max = 100)
  @Pattern("^[A-Za-z0-9_-]+$")
  @JsonPropertyDescription("Catalog name of the source Collection.")
  public String collectionName;

  @Size(min = 5, max = 128)
  @Pattern("^col_[A-Za-z0-9_]+$")
  @JsonPropertyDescription("ID of the source Collection.")
  public String collectionId;
}
