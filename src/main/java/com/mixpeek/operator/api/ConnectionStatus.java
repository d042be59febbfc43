package com.mixpeek.operator.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

@JsonClassDescription("What the operator reports of this Connection.")
public class ConnectionStatus extends ReportedStatus {

  @Override
  @JsonProperty("namespaceId")
  @JsonPropertyDescription("The ID of the Mixpeek namespace.")
  public String id() {
    return super.id();
  }
}
