package com.mixpeek.operator.connection.catalog;

import com.mixpeek.operator.catalog.RemoteState;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of a turn.
 *
 * @param resource as it is now
 * @param state what is to be reported; empty where nothing is to be said
 * @param again when to come again at the latest, without an event; empty for never
 */
public record Outcome<R>(R resource, Optional<RemoteState> state, Optional<Duration> again) {

  /** Records what must outlive this process before something is sent. */
  @FunctionalInterface
  public interface Recorder<R> {

    /** Writes the state into the resource's status, and returns the resource as it is now. */
    R record(R resource, RemoteState state);
  }
}
