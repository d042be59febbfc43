package com.mixpeek.operator.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.mixpeek.operator.api.StoredJson;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what an HTTP response means: the type of an error first, then the status. A status from 500
 * on is a fault of the API's own, whatever its type says: it may come after the API has done what
 * it was asked, and be of its own answer. Only a request that was throttled was not looked at.
 */
final class AnswerReader {

  /** No server can keep the operator away for longer than this. */
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private static final int MOST_WORDS = 500;
  private static final ObjectMapper JSON = StoredJson.mapper();

  /** Parts of a type's name, in lower case and without separators; the first that fits decides. */
  private static final Map<Pattern, Cause> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put(Pattern.compile("ratelimit|toomanyrequests|throttl"), Cause.Throttled);
    TYPES.put(
        Pattern.compile("quota|credit|billing|payment|(plan|usage)limit|limit(exceeded|reached)"),
        Cause.QuotaExceeded);
    TYPES.put(Pattern.compile("unauth|authenticat|apikey"), Cause.Unauthorized);
    TYPES.put(Pattern.compile("forbidden|permission|accessdenied|authori[sz]"), Cause.Forbidden);
    TYPES.put(Pattern.compile("notfound"), Cause.NotFound);
    TYPES.put(Pattern.compile("conflict|alreadyexists|duplicate"), Cause.Conflict);
    TYPES.put(
        Pattern.compile("internal|unavailable|timeout|server|database|gateway"), Cause.Unavailable);
    TYPES.put(
        Pattern.compile("validation|badrequest|invalid|unprocessable|immutable"), Cause.Refused);
  }

  /** How a 403 of no telling type speaks of an exhausted plan. */
  private static final Pattern PLAN =
      Pattern.compile(
          "\\bquota\\b|\\bcredits?\\b|\\bplan\\b|\\bupgrade\\b|limit (was |is |has been )?(reached|exceeded)",
          Pattern.CASE_INSENSITIVE);

  /** How a request of no telling type or status is refused as its name is taken. */
  private static final Pattern TAKEN =
      Pattern.compile(
          "\\balready (exists?|taken|used|in use)\\b|\\bduplicate name\\b"
              + "|\\bname\\b.*\\b(taken|is used|in use|(must be|is not) unique)\\b",
          Pattern.CASE_INSENSITIVE);

  private final ApiKey key;
  private final Instant now;

  /**
   * @param key what must not be repeated
   * @param now by our own clock
   */
  AnswerReader(ApiKey key, Instant now) {
    this.key = key;
    this.now = now;
  }

  /**
   * Reads a response.
   *
   * @param date the header {@code Date}
   * @param retryAfter the header {@code Retry-After}
   */
  Answer read(int status, Optional<String> date, Optional<String> retryAfter, String body) {
    Optional<JsonNode> json = json(body);
    Optional<Instant> serverTime = date.flatMap(AnswerReader::time);
    if (status / 100 == 2 && json.isPresent()) {
      return new Success(json.get(), serverTime);
    }
    ApiError error = ApiError.of(json.orElse(MissingNode.getInstance()));
    return new Failure(
        // A gateway that does not find the API says so in a page of its own.
        status / 100 == 2 || status == 404 && json.isEmpty()
            ? Cause.Unavailable
            : cause(status, error),
        status,
        message(status, error),
        Optional.of(error.resource()).filter(resource -> !resource.isEmpty()),
        retryAfter.flatMap(value -> pause(value, serverTime.orElse(now))));
  }

  /** Of a request to which no answer came. */
  Failure unanswered(Cause cause, String why) {
    return new Failure(
        cause,
        0,
        "The Mixpeek API did not answer: " + printable(why) + ".",
        Optional.empty(),
        Optional.empty());
  }

  /** Of a request that cannot be sent as it is. */
  Failure unsendable(String why) {
    return new Failure(
        Cause.Refused,
        0,
        "The request cannot be sent: " + printable(why) + ".",
        Optional.empty(),
        Optional.empty());
  }

  private static Cause cause(int status, ApiError error) {
    String type = error.type().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    Cause byStatus = cause(status);
    Cause cause =
        TYPES.entrySet().stream()
            .filter(known -> known.getKey().matcher(type).find())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(byStatus);
    if (status / 100 == 5 && cause != Cause.Throttled) {
      return Cause.Unavailable;
    }
    if (cause == Cause.Forbidden && byStatus == Cause.Unauthorized) {
      return Cause.Unauthorized;
    }
    if (cause == Cause.Forbidden && PLAN.matcher(error.words()).find()) {
      return Cause.QuotaExceeded;
    }
    return cause == Cause.Refused && TAKEN.matcher(error.words()).find() ? Cause.Conflict : cause;
  }

  private static Cause cause(int status) {
    return switch (status) {
      case 401 -> Cause.Unauthorized;
      case 402 -> Cause.QuotaExceeded;
      case 403 -> Cause.Forbidden;
      case 404 -> Cause.NotFound;
      case 408, 423, 425 -> Cause.Unavailable;
      case 409 -> Cause.Conflict;
      case 429 -> Cause.Throttled;
      default -> status / 100 == 4 ? Cause.Refused : Cause.Unavailable;
    };
  }

  private String message(int status, ApiError error) {
    if (status / 100 == 2) {
      return "The Mixpeek API answered with what is no JSON (HTTP status %d).".formatted(status);
    }
    if (status / 100 == 3) {
      return "The Mixpeek API redirects elsewhere, where no key is sent: correct the base URL (HTTP status %d)."
          .formatted(status);
    }
    String words = printable(error.words());
    return words.isEmpty()
        ? "The Mixpeek API answered with HTTP status %d.".formatted(status)
        : "The Mixpeek API says: %s (HTTP status %d).".formatted(words, status);
  }

  /** In one line, of bearable length, and without the key: an answer may repeat what was sent. */
  private String printable(String words) {
    String line =
        key.redact(words).replaceAll("[\\p{Cntrl}\\s]+", " ").strip().replaceAll("[.\\s]+$", "");
    return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS) + "…";
  }

  private static Optional<JsonNode> json(String body) {
    try {
      return body.isBlank()
          ? Optional.of(MissingNode.getInstance())
          : Optional.of(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** In seconds or as a date, which is one of the server's clock. */
  private static Optional<Duration> pause(String value, Instant serverTime) {
    Optional<Duration> pause =
        value.strip().matches("\\d{1,9}")
            ? Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())))
            : time(value).map(until -> Duration.between(serverTime, until));
    return pause
        .filter(length -> !length.isNegative())
        .map(length -> length.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : length);
  }

  private static Optional<Instant> time(String header) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip(), Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
