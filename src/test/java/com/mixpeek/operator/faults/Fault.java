package com.mixpeek.operator.faults;

import java.time.Duration;

/** A way in which an API server, or the network before it, fails. */
public enum Fault {
  STALE_VERSION(409, "Conflict", "the object has been modified; apply your changes to the latest"),
  ALREADY_EXISTS(409, "AlreadyExists", "an object of that name already exists"),
  INVALID(422, "Invalid", "denied by a policy"),
  TOO_MANY_REQUESTS(429, "TooManyRequests", "too many requests, please try again later"),
  INTERNAL_ERROR(500, "InternalError", "failed calling a webhook"),
  UNAVAILABLE(503, "ServiceUnavailable", "the server is currently unable to handle the request"),
  /** An expired token. */
  UNAUTHORIZED(401, "Unauthorized", "Unauthorized"),
  /** A CRD that is gone. */
  NO_SUCH_KIND(404, "NotFound", "the server could not find the requested resource"),
  /** A resource version that is too old, said as the answer to a request. */
  GONE(410, "Expired", "too old resource version"),

  /** The connection is reset, and the server never saw the request. */
  RESET_BEFORE,
  /** The server did what was asked, and the connection is reset before it says so. */
  RESET_AFTER,
  /** The request never reaches the server, and nothing is answered. */
  HANG_BEFORE,
  /** The server did what was asked, and its answer never arrives. */
  HANG_AFTER,
  /** The answer takes {@link #DELAY}. */
  SLOW,
  /** The answer takes {@link #SHORT_DELAY}. */
  SLUGGISH,

  /** A watch ends, as each does after a while. */
  WATCH_CLOSED(true),
  /** A watch says that its resource version is too old. */
  WATCH_GONE(true),
  /** A watch leaves out an event; the next list shows what it was about. */
  EVENT_MISSED(true),
  /** A watch is {@link #DELAY} behind. */
  EVENT_LATE(true),
  /** In place of an event comes the first line of what is no event. */
  EVENT_GARBLED(true);

  /** Longer than the operator keeps back that an ID is pending. */
  static final Duration DELAY = Duration.ofMillis(2500);

  /** Less than the operator waits for an answer. */
  static final Duration SHORT_DELAY = Duration.ofMillis(700);

  private final int code;
  private final String reason;
  private final String message;
  private final boolean ofEvents;

  Fault(int code, String reason, String message) {
    this(code, reason, message, false);
  }

  Fault() {
    this(false);
  }

  Fault(boolean ofEvents) {
    this(0, null, null, ofEvents);
  }

  Fault(int code, String reason, String message, boolean ofEvents) {
    this.code = code;
    this.reason = reason;
    this.message = message;
    this.ofEvents = ofEvents;
  }

  /** The HTTP status code of the refusal, 0 for what is none. */
  int code() {
    return code;
  }

  /** Whether it happens to an event of a watch, not to a request. */
  public boolean ofEvents() {
    return ofEvents;
  }

  /** Whether the server does what is asked, though nobody may be told. */
  boolean takesEffect() {
    return this == RESET_AFTER || this == HANG_AFTER || this == SLOW || this == SLUGGISH;
  }

  /** The {@code Status} that a server refuses with. */
  String body() {
    return """
        {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
         "code": %d, "reason": "%s", "message": "%s"}
        """
        .formatted(code, reason, message);
  }
}
