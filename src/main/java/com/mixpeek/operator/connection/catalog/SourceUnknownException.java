package com.mixpeek.operator.connection.catalog;

import java.time.Duration;

/** Mixpeek cannot be asked for a source for now. The message says why, as a sentence. */
public final class SourceUnknownException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Duration again;

  SourceUnknownException(String message, Duration again) {
    super(message);
    this.again = again;
  }

  /** When to ask again. */
  public Duration again() {
    return again;
  }
}
