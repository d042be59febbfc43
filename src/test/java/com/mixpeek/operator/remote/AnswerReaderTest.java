package com.mixpeek.operator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {

  private static final ApiKey KEY = ApiKey.of(RemoteSamples.KEY).orElseThrow();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "400, BadRequestError, Refused",
    "400, ConflictError, Conflict",
    "400, AlreadyExistsError, Conflict",
    "401, '', Unauthorized",
    "401, AuthorizationError, Unauthorized",
    "402, '', QuotaExceeded",
    "403, '', Forbidden",
    "403, PermissionDenied, Forbidden",
    "403, plan_limit_exceeded, QuotaExceeded",
    "403, InvalidApiKey, Unauthorized",
    "404, NotFoundError, NotFound",
    "404, '', NotFound",
    "405, '', Refused",
    "408, '', Unavailable",
    "409, '', Conflict",
    "423, '', Unavailable",
    "425, '', Unavailable",
    "422, '', Refused",
    "422, CollectionNotFoundError, NotFound",
    "429, '', Throttled",
    "429, QuotaExceededError, QuotaExceeded",
    "429, RateLimitExceeded, Throttled",
    "500, '', Unavailable",
    "500, ValidationError, Unavailable",
    "500, NotFoundError, Unavailable",
    "502, QuotaExceededError, Unavailable",
    "503, RateLimitExceeded, Throttled",
    "503, SomethingNew, Unavailable",
    "302, '', Unavailable",
  })
  void theTypeCountsBeforeAnyStatusBelow500(int status, String type, Cause cause) {
    String body =
        """
        {"success": false, "status": %d, "error": {"message": "words", "type": "%s"}}
        """
            .formatted(status, type);
    assertThat(failure(status, body).cause()).isEqualTo(cause);
  }

  @Test
  void aPageOfAGatewayIsNoWordOfTheApi() {
    assertThat(failure(404, "<html><body>404 Not Found</body></html>").cause())
        .isEqualTo(Cause.Unavailable);
    assertThat(failure(404, "").cause()).isEqualTo(Cause.NotFound);
  }

  /** The API's own description has no 409: it may say so with 400 or 422. */
  @ParameterizedTest
  @CsvSource({
    "400, BadRequestError, Collection with name 'copy' already exists, Conflict",
    "422, ValidationError, collection_name: This name is already taken, Conflict",
    "422, '', The name copy is in use in this namespace, Conflict",
    "422, ValidationError, name taken, Conflict",
    "400, '', Taxonomy name must be unique within a namespace, Conflict",
    "500, '', It already exists, Unavailable",
    "422, '', taxonomy_name: is not a name, Refused",
    "400, '', The bucket is used by another pipeline, Refused",
  })
  void aNameThatIsTakenIsToldByTheWordsToo(int status, String type, String words, Cause cause) {
    String body =
        """
        {"success": false, "error": {"message": "%s", "type": "%s"}}
        """
            .formatted(words, type);
    assertThat(failure(status, body).cause()).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error': {'message': 'No.', 'type': 'X'}} | The Mixpeek API says: No (HTTP status 422).",
        "{'detail': [{'loc': ['body', 'source', 'bucket_ids', 0], 'msg': 'Bad', 'type': 't'},"
            + " {'loc': ['query', 'limit'], 'msg': 'Big', 'type': 't'}]}"
            + " | The Mixpeek API says: source.bucket_ids.0: Bad; query.limit: Big (HTTP status 422).",
        "{'error': {'message': 'Invalid', 'type': 'X', 'details': {'errors':"
            + " [{'loc': [], 'msg': 'Bad'}]}}}"
            + " | The Mixpeek API says: Invalid: Bad (HTTP status 422).",
        "{'detail': 'Not so'} | The Mixpeek API says: Not so (HTTP status 422).",
        "{'error': 'Not so'} | The Mixpeek API says: Not so (HTTP status 422).",
        "{'message': 'Not so'} | The Mixpeek API says: Not so (HTTP status 422).",
        "{'detail': []} | The Mixpeek API answered with HTTP status 422.",
        "[1] | The Mixpeek API answered with HTTP status 422.",
        "<p>No</p> | The Mixpeek API answered with HTTP status 422.",
        "{'detail': 'a\\n\\u0007 b'} | The Mixpeek API says: a b (HTTP status 422).",
      })
  void everyShapeOfAnErrorIsRead(String body, String message) {
    assertThat(failure(422, body.replace('\'', '"')).message()).isEqualTo(message);
  }

  @Test
  void aLongMessageIsShortened() {
    assertThat(failure(400, "{\"detail\": \"" + "x".repeat(10_000) + "\"}").message())
        .hasSizeLessThan(600)
        .endsWith("x… (HTTP status 400).");
  }

  @ParameterizedTest
  @CsvSource({
    "30, PT30S",
    "0, PT0S",
    "999999, PT1H",
    "'Thu, 01 Jan 2026 00:00:10 GMT', PT10S",
    "soon, ",
    "-1, ",
    "99999999999999999999, ",
    "'Wed, 31 Dec 2025 23:59:00 GMT', ",
  })
  void retryAfterIsSecondsOrADate(String header, Duration expected) {
    assertThat(read(503, Optional.of(header), "").retryAfter())
        .isEqualTo(Optional.ofNullable(expected));
  }

  /** By the server's clock: ours is an hour behind here. */
  @Test
  void aDateToComeBackAtIsTheServers() {
    Failure failure =
        (Failure)
            new AnswerReader(KEY, NOW.minusSeconds(3600))
                .read(
                    429,
                    Optional.of("Thu, 01 Jan 2026 00:00:00 GMT"),
                    Optional.of("Thu, 01 Jan 2026 00:00:20 GMT"),
                    "");
    assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(20));
  }

  @Test
  void anEmptySuccessIsOne() {
    assertThat(new AnswerReader(KEY, NOW).read(204, Optional.empty(), Optional.empty(), ""))
        .isInstanceOfSatisfying(
            Success.class, success -> assertThat(success.body().isMissingNode()).isTrue());
  }

  @Test
  void noWordOfAKeyIsRepeated() {
    String said =
        failure(
                401,
                "{\"detail\": \"%s and Bearer abc, sk_live_12***\"}".formatted(RemoteSamples.KEY))
            .message();
    assertThat(said)
        .isEqualTo("The Mixpeek API says: [API key] and [API key] [API key] (HTTP status 401).");
  }

  private static Failure failure(int status, String body) {
    return read(status, Optional.empty(), body);
  }

  private static Failure read(int status, Optional<String> retryAfter, String body) {
    return (Failure) new AnswerReader(KEY, NOW).read(status, Optional.empty(), retryAfter, body);
  }
}
