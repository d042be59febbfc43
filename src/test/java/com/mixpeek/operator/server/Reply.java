package com.mixpeek.operator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What the API server answered: the HTTP status code and the JSON. */
record Reply(int code, JsonNode body) {

  /** The object; fails where the request was refused. */
  JsonNode ok() {
    assertThat(code).as(body.path("message").asText()).isBetween(200, 299);
    return body;
  }

  /** The words with which the request was refused as invalid; fails where it was not. */
  String invalid() {
    assertThat(code).as("should have been refused as invalid: %s", body).isEqualTo(422);
    return body.path("message").asText();
  }
}
