package com.mixpeek.operator.remote;

import java.net.URI;

/**
 * Where requests go, and for whom.
 *
 * @param baseUrl what {@code /v1} is appended to; one that {@link AllowedHosts} has no objection to
 * @param namespace the Mixpeek namespace, its ID or its name
 */
public record Endpoint(URI baseUrl, String namespace, ApiKey key) {

  /**
   * @throws IllegalArgumentException if no header can carry the namespace
   */
  public Endpoint {
    if (!namespace.matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException(
          "The Mixpeek namespace is empty, or has white space or other letters than ASCII has:"
              + " correct it.");
    }
  }

  URI resolve(RemoteRequest request) {
    return URI.create(baseUrl.toString().replaceFirst("/+$", "") + request.target());
  }
}
