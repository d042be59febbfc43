package com.mixpeek.operator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What came of a request. */
public sealed interface Answer {

  /**
   * It was done.
   *
   * @param body what was answered, missing where that was nothing
   * @param serverTime when, by the server's own clock and in whole seconds; empty if it does not
   *     say
   */
  record Success(JsonNode body, Optional<Instant> serverTime) implements Answer {}

  /**
   * It was not done, or nobody knows.
   *
   * @param status the HTTP status, 0 where no answer came
   * @param message a sentence in the API's own words where it said any, without the key
   * @param missing for {@link Cause#NotFound} what kind of thing there is none of, such as {@code
   *     namespace}, if the API says so
   * @param retryAfter how long nothing more must be sent, if the API says so
   */
  record Failure(
      Cause cause,
      int status,
      String message,
      Optional<String> missing,
      Optional<Duration> retryAfter)
      implements Answer {

    /** The same, where something else is to be done about it. */
    public Failure as(Cause other) {
      return new Failure(other, status, message, missing, retryAfter);
    }

    /** Whether it is certain that a write changed nothing. */
    public boolean nothingDone() {
      return cause.nothingDone();
    }

    /** Whether the same request may succeed later, without anybody doing anything. */
    public boolean passes() {
      return cause.passes();
    }

    /** How long the API asks to wait; empty also where it asks for no time at all. */
    public Optional<Duration> pause() {
      return retryAfter.filter(length -> !length.isZero());
    }
  }

  /** Why a request failed, by what is to be done about it. */
  enum Cause {
    /** What was sent is wrong, and will be until somebody edits it. */
    Refused(true),
    /**
     * Something else has the name. After a write that was sent twice that may be its own result.
     */
    Conflict(true),
    /** The key is none, or no longer one. */
    Unauthorized(true),
    /** The key lacks a permission. */
    Forbidden(true),
    /** The plan is exhausted. */
    QuotaExceeded(true),
    /** The namespace or resource in the request is not there. */
    NotFound(true),
    /** Too many requests: this one was not looked at. */
    Throttled(true),
    /**
     * The API has a fault of its own, or its answer makes no sense. It may have done before that
     * what it was asked.
     */
    Unavailable(false),
    /** No connection, so that nothing was sent. */
    Unreachable(true),
    /** It may have been sent, and no answer came in time. */
    NoAnswer(false);

    private final boolean nothingDone;

    Cause(boolean nothingDone) {
      this.nothingDone = nothingDone;
    }

    boolean nothingDone() {
      return nothingDone;
    }

    boolean passes() {
      return switch (this) {
        case Throttled, Unavailable, Unreachable, NoAnswer, QuotaExceeded -> true;
        default -> false;
      };
    }
  }
}
