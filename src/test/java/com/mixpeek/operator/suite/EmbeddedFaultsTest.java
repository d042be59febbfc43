package com.mixpeek.operator.suite;

import static com.mixpeek.operator.testing.EmbeddedApiServer.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.EmbeddedApiServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which an API server refuses, which only a server in our hands shows at will. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedFaultsTest {

  private final EmbeddedApiServer server = new EmbeddedApiServer();

  static Stream<Arguments> mayPass() {
    return Stream.of(
        Arguments.of(403, "Forbidden", "exceeded quota: collections."),
        Arguments.of(400, "BadRequest", "admission webhook \"w\" denied the request"),
        Arguments.of(422, "Invalid", "ValidatingAdmissionPolicy 'p' denied request"),
        Arguments.of(500, "InternalError", "failed calling webhook \"w\""));
  }

  @ParameterizedTest
  @MethodSource("mayPass")
  void createRefusedUntilItIsAllowed(int code, String reason, String words) throws Exception {
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server)) {
      world.resource("origin", "origin_name");
      world.startOperator();
      AutoCloseable fault = server.refuse(creates("/collections", refusal(code, reason, words)));
      world.clone("copy", "origin", "copy_name");
      var refused = world.awaitReason("copy", Reason.CreateRefused);
      assertThat(refused.getStatus().condition("Ready").orElseThrow().getMessage())
          .contains(words)
          .endsWith("It is tried again.");
      assertThat(refused.getStatus().condition("Stalled")).isEmpty();
      fault.close();
      world.awaitReason("copy", Reason.Cloned);
      assertThat(world.events(Reason.CreateRefused)).containsExactly("copy");
    }
  }

  @Test
  void invalidInTheServersWordsIsNotTriedAgainBeforeSomethingChanges() throws Exception {
    MockResponse invalid =
        new MockResponse()
            .setResponseCode(422)
            .setHeader("Content-Type", "application/json")
            .setBody(
                """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Invalid",
                 "code": 422, "message": "Collection is invalid: spec.source: Required value",
                 "details": {"causes": [{"reason": "FieldValueRequired", "field": "spec.source",
                                         "message": "Required value"}]}}
                """);
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server)) {
      world.resource("origin", "origin_name");
      world.startOperator();
      AutoCloseable fault = server.refuse(creates("/collections", invalid));
      world.clone("copy", "origin", "copy_name");
      var refused = world.awaitReason("copy", Reason.InvalidOverrides);
      assertThat(refused.getStatus().condition("Stalled").orElseThrow().getMessage())
          .contains("spec.source: Required value");
      assertThat(refused.getStatus().getTargetName()).isNull();
      var second = world.startOperator();
      await().during(Duration.ofSeconds(1)).until(() -> true);
      assertThat(second.wire().writes()).isEmpty();
      fault.close();
      world.editResource("origin", r -> r.getSpec().put("description", "corrected"));
      world.awaitReason("copy", Reason.Cloned);
    }
  }

  @Test
  void nothingIsSaidOfANamespaceThatGoesAway() throws Exception {
    MockResponse terminating =
        new MockResponse()
            .setResponseCode(403)
            .setHeader("Content-Type", "application/json")
            .setBody(
                """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Forbidden",
                 "code": 403, "message": "because it is being terminated",
                 "details": {"causes": [{"reason": "NamespaceTerminating", "field":
                             "metadata.namespace", "message": "namespace is being terminated"}]}}
                """);
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server)) {
      world.resource("origin", "origin_name");
      var wire = world.startOperator().wire();
      world.awaitResource("origin", Reason.Assigned);
      AutoCloseable fault = server.refuse(creates("/collections", terminating));
      wire.forget();
      world.clone("copy", "origin", "copy_name");
      await().atMost(World.PATIENCE).until(() -> !wire.writes().isEmpty());
      await().during(Duration.ofSeconds(1)).until(() -> true);
      assertThat(wire.writes()).hasSize(1);
      assertThat(world.reason("copy")).isEmpty();
      fault.close();
    }
  }

  @Test
  void noCloneIsJudgedBeforeAllThatExistsCanBeSeen() throws Exception {
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server)) {
      world.resource("origin", "origin_name");
      world.clone("copy", "origin", "copy_name");
      world.startOperator();
      String before = world.awaitReason("copy", Reason.Cloned).getMetadata().getResourceVersion();
      Instant listed = Instant.now().plusSeconds(2);
      MockResponse away = refusal(503, "ServiceUnavailable", "The server is away.");
      AutoCloseable slow =
          server.refuse(
              r ->
                  r.getPath().contains("/collections?") && Instant.now().isBefore(listed)
                      ? away
                      : null);
      var second = world.startOperator();
      slow.close();
      await().during(Duration.ofMillis(500)).until(() -> true);
      assertThat(second.wire().writes()).isEmpty();
      assertThat(world.clone("copy").getMetadata().getResourceVersion()).isEqualTo(before);
    }
  }

  @Test
  void awayAndBack() throws Exception {
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server)) {
      world.startOperator();
      world.resource("origin", "origin_name");
      world.awaitResource("origin", Reason.Assigned);
      MockResponse away = refusal(503, "ServiceUnavailable", "The server is away.");
      AutoCloseable fault =
          server.refuse(r -> r.getMethod().equals("GET") || toUs(r) ? null : away);
      world.clone("copy", "origin", "copy_name");
      await().during(Duration.ofSeconds(2)).until(() -> world.reason("copy").isEmpty());
      fault.close();
      world.awaitReason("copy", Reason.Cloned);
      assertThat(world.resources()).hasSize(2);
    }
  }

  /** The test's own creation of a clone, which is to succeed while the operator's writes fail. */
  private static boolean toUs(RecordedRequest request) {
    return request.getPath().endsWith("/collectionclones");
  }

  private static Function<RecordedRequest, MockResponse> creates(
      String path, MockResponse response) {
    return request ->
        request.getMethod().equals("POST") && request.getPath().endsWith(path) ? response : null;
  }

  @AfterAll
  void stop() {
    server.close();
  }
}
