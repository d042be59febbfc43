package com.mixpeek.operator.cli.remote;

import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.remote.Endpoint;
import java.util.Optional;

/**
 * The way to a Mixpeek namespace.
 *
 * @param requestsPerMinute how many may be sent
 * @param keySource says where the key was found, as part of a sentence
 * @param connection that it was read from, empty for a key of one's own
 */
public record Access(
    Endpoint endpoint, int requestsPerMinute, String keySource, Optional<Connection> connection) {

  /**
   * Whether what a clone calls its Connection is this: with a key of one's own, it is whichever the
   * clone names.
   */
  boolean serves(CloneResource<?> clone) {
    String name = clone.getSpec().getConnectionRef().name();
    return connection
        .map(Connection::getMetadata)
        .map(
            known ->
                known.getName().equals(name)
                    && known.getNamespace().equals(clone.getMetadata().getNamespace()))
        .orElse(true);
  }
}
