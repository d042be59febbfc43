package com.mixpeek.operator.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where keys may be sent. Whoever can write a base URL could otherwise have the operator send a key
 * that they cannot read to a server of theirs.
 *
 * @param hosts lower-case host names, without ports; those of this machine must be among them, too
 */
public record AllowedHosts(Set<String> hosts) {

  /** The public API. */
  public static final AllowedHosts STANDARD = new AllowedHosts(Set.of("api.mixpeek.com"));

  /** The public API, and this machine: whoever chooses the URL can listen nowhere there. */
  public static final AllowedHosts STANDARD_AND_LOOPBACK =
      new AllowedHosts(Set.of("api.mixpeek.com", "localhost", "127.0.0.1", "[::1]"));

  private static final int LAST_PORT = 65_535;

  /** By name and number only: what a name server says may change. */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What forbids to send a key there, as a sentence with the remedy; empty where nothing does. */
  public Optional<String> problem(String baseUrl) {
    URI uri;
    try {
      uri = new URI(baseUrl);
    } catch (URISyntaxException e) {
      return Optional.of("The base URL is no URL: give one such as https://api.mixpeek.com.");
    }
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      return Optional.of(
          "The base URL must have a host, and neither user nor query nor fragment: give one such"
              + " as https://api.mixpeek.com.");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      return Optional.of(
          "The base URL has a port that there is none of: give one from 1 to %d, or none."
              .formatted(LAST_PORT));
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    if (!hosts.contains(host)) {
      return Optional.of(
          "Keys are not sent to %s: use one of %s, or have whoever runs the operator allow it."
              .formatted(host, String.join(", ", new TreeSet<>(hosts))));
    }
    boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
    boolean plain = "http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(host);
    return encrypted || plain
        ? Optional.empty()
        : Optional.of("Keys are sent over https only: let the base URL begin with https://.");
  }
}
