package com.mixpeek.operator.suite;

import static com.mixpeek.operator.testing.server.EmbeddedApiServer.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which an API server refuses, which only an embedded one does at will. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {

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
    try (TestNamespace namespace = new TestNamespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      resources.createResource("origin", "origin_name");
      namespace.startOperator();
      AutoCloseable fault = server.refuse(creates("/collections", refusal(code, reason, words)));
      resources.createClone("copy", "origin", "copy_name");
      var refused = resources.awaitReason("copy", Reason.CreateRefused);
      assertThat(refused.getStatus().condition("Ready").orElseThrow().getMessage())
          .contains(words)
          .endsWith("It is tried again.");
      assertThat(refused.getStatus().condition("Stalled")).isEmpty();
      fault.close();
      resources.awaitReason("copy", Reason.Cloned);
      assertThat(resources.events(Reason.CreateRefused)).containsExactly("copy");
    }
  }

  /** A proxy's page, say, in place of the first list of a kind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>The cluster is away.</html>",
        "<html>\n<body>a: b: c</body>",
        "{\"items\": [",
        "{\"items\": 1}",
        "[]"
      })
  void anAnswerThatIsNoneOfAnApiServerIsAskedForAgain(String body) throws Exception {
    AtomicInteger pages = new AtomicInteger(6);
    try (TestNamespace namespace = new TestNamespace(server)) {
      AutoCloseable fault =
          server.refuse(
              request ->
                  request.getPath().contains("limit=500") && pages.getAndDecrement() > 0
                      ? new MockResponse().setResponseCode(200).setBody(body)
                      : null);
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      resources.createResource("origin", "origin_name");
      resources.createClone("copy", "origin", "copy_name");
      namespace.startOperator();
      resources.awaitReason("copy", Reason.Cloned);
      fault.close();
      assertThat(pages).hasNegativeValue();
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
    try (TestNamespace namespace = new TestNamespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      resources.createResource("origin", "origin_name");
      namespace.startOperator();
      AutoCloseable fault = server.refuse(creates("/collections", invalid));
      resources.createClone("copy", "origin", "copy_name");
      var refused = resources.awaitReason("copy", Reason.InvalidOverrides);
      assertThat(refused.getStatus().condition("Stalled").orElseThrow().getMessage())
          .contains("spec.source: Required value");
      assertThat(refused.getStatus().getTargetName()).isNull();
      assertNothingIsWrittenAfterARestart(resources);
      fault.close();
      resources.editResource("origin", r -> r.getSpec().put("description", "corrected"));
      resources.awaitReason("copy", Reason.Cloned);
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
    try (TestNamespace namespace = new TestNamespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      resources.createResource("origin", "origin_name");
      var recorder = namespace.startOperator().recorder();
      resources.awaitResource("origin", Reason.Assigned);
      AutoCloseable fault = server.refuse(creates("/collections", terminating));
      recorder.clear();
      resources.createClone("copy", "origin", "copy_name");
      // Five times as long as the first retry may take: only time shows that there is none.
      await("one write, never tried again")
          .during(Duration.ofSeconds(1))
          .atMost(TestNamespace.PATIENCE)
          .until(() -> recorder.writes().size() == 1 && resources.reason("copy").isEmpty());
      fault.close();
    }
  }

  @Test
  void noCloneIsJudgedBeforeAllThatExistsCanBeSeen() throws Exception {
    try (TestNamespace namespace = new TestNamespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      resources.createResource("origin", "origin_name");
      resources.createClone("copy", "origin", "copy_name");
      namespace.startOperator();
      resources.awaitReason("copy", Reason.Cloned);
      AtomicInteger lists = new AtomicInteger();
      MockResponse away = refusal(503, "ServiceUnavailable", "The server is away.");
      AutoCloseable slow =
          server.refuse(
              r ->
                  r.getPath().contains("/collections?") && lists.incrementAndGet() <= 3
                      ? away
                      : null);
      assertNothingIsWrittenAfterARestart(resources);
      assertThat(lists).hasValueGreaterThan(3);
      slow.close();
    }
  }

  @Test
  void awayAndBack() throws Exception {
    try (TestNamespace namespace = new TestNamespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      namespace.startOperator();
      resources.createResource("origin", "origin_name");
      resources.awaitResource("origin", Reason.Assigned);
      MockResponse away = refusal(503, "ServiceUnavailable", "The server is away.");
      AtomicInteger refused = new AtomicInteger();
      AutoCloseable fault =
          server.refuse(
              r -> {
                if (r.getMethod().equals("GET") || byTheTest(r)) {
                  return null;
                }
                refused.incrementAndGet();
                return away;
              });
      resources.createClone("copy", "origin", "copy_name");
      await("writes that are tried again")
          .atMost(TestNamespace.PATIENCE)
          .until(() -> refused.get() > 3);
      assertThat(resources.reason("copy")).isEmpty();
      fault.close();
      resources.awaitReason("copy", Reason.Cloned);
      assertThat(resources.resources()).hasSize(2);
    }
  }

  /**
   * Starts another operator, and a clone for it to work on behind those that are there: once it has
   * a status, the others have been looked at.
   */
  private static void assertNothingIsWrittenAfterARestart(TypedResources<?, ?> resources) {
    String before = resources.clone("copy").getMetadata().getResourceVersion();
    RequestRecorder recorder = resources.namespace().startOperator().recorder();
    resources.createClone("last", "nowhere", "last_name");
    resources.awaitReason("last", Reason.SourceNotFound);
    assertThat(recorder.writes())
        .extracting(ApiRequest::toString)
        .containsExactly("patch collectionclones/status.mixpeek.com");
    assertThat(resources.clone("copy").getMetadata().getResourceVersion()).isEqualTo(before);
  }

  /** The test's own creation of a clone, which is to succeed while the operator's writes fail. */
  private static boolean byTheTest(RecordedRequest request) {
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
