package com.mixpeek.operator.connection.catalog;

import com.mixpeek.operator.catalog.RemoteState;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to become of a resource that is being deleted.
 *
 * @param state what is to be reported while it is kept; empty once it may go
 * @param leftBehind what stays at Mixpeek though it was to be deleted, in a sentence; empty for
 *     nothing
 * @param again when to come again; empty once it may go
 */
public record Release(
    Optional<RemoteState> state, Optional<String> leftBehind, Optional<Duration> again) {

  /** It may go. */
  static Release done() {
    return new Release(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** It may go, though something stays. */
  static Release leaving(String what) {
    return new Release(Optional.empty(), Optional.of(what), Optional.empty());
  }

  /** Whether it may go. */
  public boolean isDone() {
    return again.isEmpty();
  }
}
