package com.mixpeek.operator.testing.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What the API server answered: the HTTP status code and the JSON. */
public record ApiResponse(int code, JsonNode body) {

  /** The object; fails where the request was refused. */
  public JsonNode ok() {
    assertThat(code).as(body.path("message").asText()).isBetween(200, 299);
    return body;
  }

  /** The message with which the request was refused as invalid; fails where it was not. */
  public String invalid() {
    assertThat(code).as("should have been refused as invalid: %s", body).isEqualTo(422);
    return body.path("message").asText();
  }
}
