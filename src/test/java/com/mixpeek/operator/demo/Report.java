package com.mixpeek.operator.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a resource says of itself.
 *
 * @param ready the status of its Ready condition, empty while it has none
 * @param reason why, in one word
 * @param message why, in a sentence
 * @param stalled whether nothing changes until a person acts
 */
record Report(String ready, String reason, String message, boolean stalled) {

  static final Report NONE = new Report("", "", "", false);

  static Report of(JsonNode resource) {
    Report report = NONE;
    boolean stalled = false;
    for (JsonNode condition : resource.at("/status/conditions")) {
      String status = condition.path("status").asText();
      if (condition.path("type").asText().equals("Ready")) {
        report =
            new Report(
                status,
                condition.path("reason").asText(),
                condition.path("message").asText(),
                false);
      } else if (condition.path("type").asText().equals("Stalled")) {
        stalled = status.equals("True");
      }
    }
    return new Report(report.ready, report.reason, report.message, stalled);
  }

  /** Whether nothing more is to be expected without a person's doing. */
  boolean ended() {
    return ready.equals("True") || stalled;
  }
}
