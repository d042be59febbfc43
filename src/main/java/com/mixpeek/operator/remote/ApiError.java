package com.mixpeek.operator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the API says of a failure, whichever of its shapes it says it in: an {@code ErrorResponse};
 * an {@code HTTPValidationError}, the second shape of a 422; and what a framework or gateway before
 * it may send, a text in {@code detail}, {@code error} or {@code message}.
 *
 * @param type the machine-readable type, empty where there is none
 * @param words for a person, empty where there are none
 * @param resource what kind of thing the error is about, empty where that is not said
 */
record ApiError(String type, String words, String resource) {

  private static final int MOST_PROBLEMS = 5;

  static ApiError of(JsonNode body) {
    JsonNode error = body.path("error");
    List<String> problems = problems(body.path("detail"));
    if (problems.isEmpty()) {
      problems = problems(error.at("/details/errors"));
    }
    String words =
        text(error.path("message"), error, body.path("detail"), body.path("message"))
            .filter(said -> !said.isBlank())
            .orElse("");
    String all = String.join("; ", problems);
    return new ApiError(
        text(error.path("type"), body.path("type")).orElse(""),
        words.isEmpty() || all.isEmpty() ? words + all : words + ": " + all,
        text(error.at("/details/resource")).orElse(""));
  }

  /** {@code source.type: Input should be 'bucket' or 'collection'}. */
  private static List<String> problems(JsonNode list) {
    List<String> problems = new ArrayList<>();
    for (JsonNode problem : list) {
      if (problems.size() < MOST_PROBLEMS && problem.path("msg").isTextual()) {
        String field =
            problem
                .path("loc")
                .valueStream()
                .map(JsonNode::asText)
                .filter(step -> !step.equals("body"))
                .collect(Collectors.joining("."));
        problems.add((field.isEmpty() ? "" : field + ": ") + problem.path("msg").asText());
      }
    }
    return problems;
  }

  private static Optional<String> text(JsonNode... candidates) {
    return List.of(candidates).stream()
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .findFirst();
  }
}
