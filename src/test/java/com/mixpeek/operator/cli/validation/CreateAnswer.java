package com.mixpeek.operator.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an API server says to the create of a resource, each complaint a line as a {@link Violation}
 * is one. Nothing is created.
 */
final class CreateAnswer {

  /** In its words about metadata of a wrong type, after which it says no more. */
  static final String STOPS = "json: cannot unmarshal ";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern UNKNOWN =
      Pattern.compile("unknown field \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NO_METADATA =
      Pattern.compile(STOPS + "\\w+ into Go (?:struct field ObjectMeta\\.(\\S+)|value) of type .*");

  /** That rules were not asked is no complaint of its own. */
  private static final String ADDENDUM =
      "Invalid value: null: some validation rules were not checked";

  private static final int TOO_MANY_REQUESTS = 429;

  private final KubernetesClient client;
  private final String namespace;

  CreateAnswer(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** All that it says: it stops at unknown fields, so it is asked without heed of them as well. */
  List<String> to(ObjectNode manifest) {
    List<String> said = new ArrayList<>();
    JsonNode strict = post(manifest, "Strict");
    Matcher unknown = UNKNOWN.matcher(strict.path("message").asText());
    if (strict.path("code").asInt() == 400 && strict.path("message").asText().contains("strict")) {
      while (unknown.find()) {
        said.add(unknown.group(1) + ": " + unknown.group());
      }
      said.addAll(complaints(post(manifest, "Ignore")));
    } else {
      said.addAll(complaints(strict));
    }
    return said.stream().sorted().toList();
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
    String plural =
        switch (manifest.path("kind").asText()) {
          case "Taxonomy" -> "taxonomies";
          default -> manifest.path("kind").asText().toLowerCase(Locale.ROOT) + "s";
        };
    String path =
        "apis/mixpeek.com/v1alpha1/namespaces/%s/%s?dryRun=All&fieldValidation=%s"
            .formatted(namespace, plural, validation);
    try {
      while (true) {
        var request =
            client
                .getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getConfiguration().getMasterUrl() + path)
                .method("POST", "application/json", JSON.writeValueAsString(manifest))
                .build();
        var response =
            client.getHttpClient().sendAsync(request, String.class).get(60, TimeUnit.SECONDS);
        if (response.code() != TOO_MANY_REQUESTS) {
          return JSON.readTree(response.bodyString());
        }
        TimeUnit.SECONDS.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
