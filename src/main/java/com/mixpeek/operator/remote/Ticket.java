package com.mixpeek.operator.remote;

/**
 * A wish to send one request.
 *
 * @param namespace among which the requests are shared out fairly
 * @param resource whom it is for, unique: each has one wish at a time
 */
public record Ticket(String namespace, String resource, Priority priority) {

  /** Whose turn is first. */
  public enum Priority {
    /** Goes on with what has begun, so that it ends before the next begins. */
    CONTINUE,
    /** Begins what somebody waits for. */
    BEGIN,
    /** Looks whether something has changed. */
    OBSERVE
  }
}
