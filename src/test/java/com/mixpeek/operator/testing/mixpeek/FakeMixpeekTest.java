package com.mixpeek.operator.testing.mixpeek;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake is as strict as the description of the API, and says what it finds as the API does. */
class FakeMixpeekTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant THEN = Instant.parse("2020-02-02T10:00:00.5Z");
  private static final String VALID =
      """
      {"collection_name": "one", "source": {"type": "bucket", "bucket_ids": ["bkt_a"]},
       "feature_extractor": {"feature_extractor_name": "text_extractor", "version": "v1"}}
      """;

  private final OpenApiContract contract = new OpenApiContract();
  private final HttpClient http = HttpClient.newHttpClient();
  private FakeMixpeek fake;

  @BeforeEach
  void start() {
    fake = new FakeMixpeek(Clock.fixed(THEN, ZoneOffset.UTC));
    fake.allow("sk_a");
    fake.addNamespace("production");
  }

  @AfterEach
  void stop() {
    fake.close();
    assertThat(fake.violations()).isEmpty();
  }

  @Test
  void whatIsValidIsMadeWithTheStandardsFilledIn() throws Exception {
    HttpResponse<String> response = post("Bearer sk_a", "production", VALID);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode made = JSON.readTree(response.body());
    assertThat(made.path("enabled").asBoolean()).isTrue();
    assertThat(made.at("/feature_extractor/include_all_source_fields").isBoolean()).isTrue();
    assertThat(made.path("created_at").asText()).isEqualTo(THEN.toString());
    assertThat(response.headers().firstValue("Date")).hasValue("Sun, 2 Feb 2020 10:00:00 GMT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'colour': 1} | body, colour",
        "{'source': {'type': 'dataset'}} | body, source, type",
        "{'source': {'bucket_ids': ['a']}} | body, source, type",
        "{'source': {'type': 'bucket', 'bucketIds': ['a']}} | body, source, bucketIds",
        "{'feature_extractor': {'version': 'v1'}} | body, feature_extractor, feature_extractor_name",
        "{'enabled': 'yes'} | body, enabled",
        "{'collection_name': null} | body, collection_name",
        "{'taxonomy_applications': [{'taxonomy_id': 'tax_a', 'priority': 2000}]}"
            + " | body, taxonomy_applications, 0, priority",
      })
  void whatTheDescriptionDoesNotAllowIsRefused(String change, String location) throws Exception {
    ObjectNode body = (ObjectNode) JSON.readTree(VALID);
    body.setAll((ObjectNode) JSON.readTree(change.replace('\'', '"')));
    HttpResponse<String> response = post("Bearer sk_a", "production", body.toString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    assertThat(JSON.readTree(response.body()).path("detail"))
        .anySatisfy(
            problem ->
                assertThat(
                        String.join(
                            ", ", problem.path("loc").valueStream().map(JsonNode::asText).toList()))
                    .isEqualTo(location));
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer sk_b, production, 401",
    "sk_a, production, 401",
    "Basic sk_a, production, 401",
    "Bearer sk_a, staging, 404",
    "Bearer sk_a, , 400",
    "Bearer sk_a, ns_production, 200",
  })
  void headersAreAskedFor(String authorization, String namespace, int status) throws Exception {
    assertThat(post(authorization, namespace, VALID).statusCode()).isEqualTo(status);
  }

  @Test
  void aNameIsTakenOnce() throws Exception {
    post("Bearer sk_a", "production", VALID);
    HttpResponse<String> second = post("Bearer sk_a", "production", VALID);
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("ConflictError");
  }

  /** Else nothing that is held against it would ever be found wrong. */
  @Test
  void theDescriptionFindsWrongAnswersAndRequests() throws Exception {
    JsonNode made = JSON.readTree(post("Bearer sk_a", "production", VALID).body());
    assertThat(contract.answer("POST", "/v1/collections", 200, made)).isEmpty();
    ObjectNode wrong = made.deepCopy();
    wrong.remove("output_schema");
    wrong.put("created_at", "yesterday").withObject("/source").put("type", "dataset");
    assertThat(contract.answer("POST", "/v1/collections", 200, wrong))
        .extracting(OpenApiContract.Violation::location)
        .extracting(Object::toString)
        .contains("[body, output_schema]", "[body, created_at]", "[body, source, type]");
    assertThat(contract.answer("POST", "/v1/collections", 201, made)).isNotEmpty();
    assertThat(contract.answer("POST", "/v1/collections", 404, made)).isNotEmpty();
    JsonNode none = MissingNode.getInstance();
    assertThat(contract.request("PUT", "/v1/collections", Map.of(), none)).isNotEmpty();
    assertThat(contract.request("POST", "/v1/collections", Map.of(), none)).isNotEmpty();
    assertThat(contract.request("POST", "/v1/collections/list", Map.of("limit", "0"), none))
        .isNotEmpty();
    assertThat(contract.request("POST", "/v1/collections/list", Map.of("size", "5"), none))
        .isNotEmpty();
    assertThat(contract.request("POST", "/v1/collections/list", Map.of("limit", "5"), none))
        .isEmpty();
  }

  private HttpResponse<String> post(String authorization, String namespace, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(fake.url() + "/v1/collections"))
            .header("Authorization", authorization)
            .POST(BodyPublishers.ofString(body));
    if (namespace != null) {
      request.header("X-Namespace", namespace);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
