package com.mixpeek.operator.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.testing.namespace.JsonResources;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an API server says to the create or update of a resource, each complaint a line as a {@link
 * Violation} is one. Nothing is written.
 */
final class ServerAnswer {

  /** In its words about metadata of a wrong type, after which it says no more. */
  static final String STOPS = "json: cannot unmarshal ";

  private static final Pattern UNKNOWN =
      Pattern.compile("unknown field \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NO_METADATA =
      Pattern.compile(
          STOPS
              + "\\w+(?: [-+.\\d]+)? into Go (?:struct field ObjectMeta\\.(\\S+)|value) of type .*");

  /** That rules were not asked is no complaint of its own. */
  private static final String ADDENDUM =
      "Invalid value: null: some validation rules were not checked";

  private final JsonResources resources;

  ServerAnswer(JsonResources resources) {
    this.resources = resources;
  }

  /** All that it says: it stops at unknown fields, so it is asked without heed of them as well. */
  List<String> to(ObjectNode manifest) {
    return to(validation -> post(manifest, validation));
  }

  /**
   * The same, of an update.
   *
   * @param resource the plural and the name of what is stored
   */
  List<String> toUpdate(String resource, ObjectNode manifest) {
    return to(
        validation ->
            resources.put(resource + "?dryRun=All&fieldValidation=" + validation, manifest).body());
  }

  private static List<String> to(Function<String, JsonNode> request) {
    List<String> complaints = new ArrayList<>();
    JsonNode strict = request.apply("Strict");
    Matcher unknown = UNKNOWN.matcher(strict.path("message").asText());
    if (strict.path("code").asInt() == 400 && strict.path("message").asText().contains("strict")) {
      while (unknown.find()) {
        complaints.add(unknown.group(1) + ": " + unknown.group());
      }
      complaints.addAll(complaints(request.apply("Ignore")));
    } else {
      complaints.addAll(complaints(strict));
    }
    return complaints.stream().sorted().toList();
  }

  private static List<String> complaints(JsonNode answer) {
    if (!answer.path("kind").asText().equals("Status")) {
      return List.of();
    }
    List<String> complaints = new ArrayList<>();
    for (JsonNode cause : answer.at("/details/causes")) {
      String field = cause.path("field").asText();
      String message = cause.path("message").asText();
      if (!message.startsWith(ADDENDUM)) {
        complaints.add((field.equals("<nil>") ? field(message) : field) + ": " + message);
      }
    }
    if (complaints.isEmpty()) {
      Matcher why = NO_METADATA.matcher(answer.path("message").asText());
      assertThat(why.find()).as("%s", answer).isTrue();
      String field = why.group(1) == null ? "metadata" : "metadata." + why.group(1);
      complaints.add(field + ": " + why.group());
    }
    return complaints;
  }

  /** Of a number that its format cannot hold the server names the field in the sentence only. */
  private static String field(String message) {
    return message.substring(message.lastIndexOf(' ') + 1);
  }

  private JsonNode post(ObjectNode manifest, String validation) {
    return resources.post(manifest, "?dryRun=All&fieldValidation=" + validation).body();
  }
}
