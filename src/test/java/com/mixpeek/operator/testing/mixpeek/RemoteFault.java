package com.mixpeek.operator.testing.mixpeek;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** A way in which the Mixpeek API, or the network before it, fails. */
public enum RemoteFault {
  /** The connection is closed, and the API never saw the request. */
  LOST_BEFORE,
  /** The API did what was asked, and the connection is closed before it says so. */
  LOST_AFTER,
  /** The request never reaches the API, and nothing is answered. */
  HANG_BEFORE,
  /** The API did what was asked, and its answer never arrives. */
  HANG_AFTER,
  /** The API did what was asked, and half of its answer arrives. */
  CUT_SHORT,
  /** The answer takes {@link #DELAY}. */
  SLOW,
  /** The answer takes {@link #LONG_DELAY}. */
  ANSWERED_LATE,
  /** The API does what was asked, and answers, only after {@link #LATENESS}. */
  LATE,
  /** The same after {@link #VERY_LATELY}. */
  VERY_LATE,
  /** A gateway gives up on the API, which did what was asked. */
  BAD_GATEWAY_AFTER(502, null, "<html><body>Bad Gateway</body></html>"),
  /** The API did what was asked, and fails at the answer, with the type of a refusal. */
  INVALID_ANSWER(500, "ResponseValidationError", "Input should be a valid string"),
  /** A page of a gateway in place of the answer. */
  NOT_JSON(200, null, "<html><body>Maintenance</body></html>"),

  THROTTLED(429, "RateLimitError", "Too many requests"),
  /** With a Retry-After of {@link #RETRY_AFTER} seconds. */
  THROTTLED_FOR(429, "RateLimitError", "Too many requests"),
  /** With a Retry-After of an hour. */
  THROTTLED_LONG(429, "RateLimitError", "Too many requests"),
  /** With a Retry-After of nothing. */
  THROTTLED_ZERO(429, "RateLimitError", "Too many requests"),
  /** Something that the request refers to is not there. */
  OTHER_MISSING(404, "NotFoundError", "Taxonomy tax_gone not found"),
  /** Something else than a name is in the way. */
  BUSY(409, "ConflictError", "The collection is being processed"),
  /** A page of a gateway that does not find the API. */
  GATEWAY_MISSING(404, null, "<html><body>404 Not Found</body></html>"),
  /** What was asked is done, and the answer is empty. */
  EMPTY_AFTER(200, null, ""),
  /** A 201 with the ID and name of something else, though what was asked is done. */
  OTHER_NAMED(201, null, "{\"collection_id\": \"col_other\", \"collection_name\": \"other_name\"}"),
  /** A refusal after {@link #LATE_REFUSAL}. */
  LATE_INVALID(422, "ValidationError", "Extractor not found"),
  /** A 200 with an object that says nothing. */
  EMPTY_OBJECT(200, null, "{}"),
  /** With the same as a date. */
  THROTTLED_UNTIL(429, "RateLimitError", "Too many requests"),
  INTERNAL_ERROR(500, "InternalServerError", "An unexpected error occurred"),
  /** With a Retry-After. */
  UNAVAILABLE(503, "ServiceUnavailableError", "Try again later"),
  QUOTA(403, "QuotaExceededError", "The plan allows 10 collections"),
  /** An exhausted plan, with the type of a missing permission. */
  QUOTA_IN_WORDS(403, "ForbiddenError", "Collection limit reached: upgrade your plan"),
  FORBIDDEN(403, "ForbiddenError", "The key lacks the permission collections:write"),
  /** The refusal repeats the key. */
  REVOKED_KEY(401, "UnauthorizedError", "Invalid API key KEY"),
  INVALID(422, "ValidationError", "Extractor not found"),
  /** A refusal in the shape of the framework that the API is made with. */
  OTHER_SHAPE(400, null, "{\"detail\": \"Extractor not found\"}"),
  /** Somebody else makes one of the name in the moment before the request. */
  NAME_APPEARS;

  /** How long {@link #SLOW} takes. */
  public static final Duration DELAY = Duration.ofMillis(300);

  /** How long {@link #ANSWERED_LATE} takes: just not too long for the operator. */
  public static final Duration LONG_DELAY = Duration.ofMillis(2700);

  /** How long {@link #LATE} takes. */
  public static final Duration LATENESS = Duration.ofSeconds(1);

  /** Seconds. */
  public static final int RETRY_AFTER = 3;

  /**
   * How long {@link #VERY_LATE} takes: longer than the operator takes a request to be on its way.
   */
  public static final Duration VERY_LATELY = Duration.ofSeconds(7);

  /** How long {@link #LATE_INVALID} takes. */
  public static final Duration LATE_REFUSAL = Duration.ofMillis(2300);

  private static final Set<RemoteFault> OF_ONE_TEST =
      EnumSet.of(
          ANSWERED_LATE,
          VERY_LATE,
          THROTTLED_LONG,
          THROTTLED_ZERO,
          OTHER_MISSING,
          BUSY,
          GATEWAY_MISSING,
          EMPTY_AFTER,
          OTHER_NAMED,
          LATE_INVALID,
          EMPTY_OBJECT);

  private final int status;
  private final String type;
  private final String text;

  RemoteFault(int status, String type, String text) {
    this.status = status;
    this.type = type;
    this.text = text;
  }

  RemoteFault() {
    this(0, null, null);
  }

  /**
   * Those that may happen to any request; the others last too long, or have a test of their own.
   */
  public static Stream<RemoteFault> anywhere() {
    return Arrays.stream(values()).filter(fault -> !OF_ONE_TEST.contains(fault));
  }

  /** The status of an answer in place of the API's own, 0 for none. */
  int status() {
    return status;
  }

  /** Whether the API does what is asked, though nobody may be told. */
  public boolean takesEffect() {
    return switch (this) {
      case LOST_AFTER,
          HANG_AFTER,
          CUT_SHORT,
          SLOW,
          ANSWERED_LATE,
          LATE,
          VERY_LATE,
          BAD_GATEWAY_AFTER,
          INVALID_ANSWER,
          EMPTY_AFTER,
          OTHER_NAMED,
          NAME_APPEARS ->
          true;
      default -> false;
    };
  }

  /** Whether the answer has another shape than the description knows. */
  boolean foreign() {
    return status != 0 && type == null;
  }

  /** What is answered in place of the API's own answer. */
  String body(String key) {
    return foreign()
        ? text
        : FakeApi.Response.error(status, type, text.replace("KEY", key)).body().toString();
  }
}
