package com.mixpeek.operator.cli.remote;

import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionSpec.ApiKeySecretRef;
import com.mixpeek.operator.cli.cluster.Cluster;
import com.mixpeek.operator.remote.AllowedHosts;
import com.mixpeek.operator.remote.ApiKey;
import com.mixpeek.operator.remote.Endpoint;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Reads a Connection and the key in its Secret from a cluster. */
public record ConnectionReader(Cluster cluster, String namespace) {

  private static final String OWN_KEY =
      "ask for the right to read that Secret, or give a key of your own with --mixpeek-namespace.";

  /**
   * The way that a Connection leads.
   *
   * @param baseUrl where the person who has the key sends it to, whatever the Connection says
   * @throws MixpeekUnreadable if there is none, or it leads where a key must not be sent unasked
   * @throws Cluster.Unreachable if the cluster does not say
   */
  public Access read(String name, Optional<String> baseUrl) {
    Connection connection =
        cluster
            .read(Connection.class, namespace, name, Cluster.VIEW)
            .orElseThrow(
                () ->
                    new MixpeekUnreadable(
                        "There is no Connection %s in namespace %s: create it, or correct --connection or -n."
                            .formatted(name, namespace)));
    if (!connection.unreadable().isEmpty()) {
      throw new MixpeekUnreadable(
          "Connection %s has no %s that can be read: correct it."
              .formatted(name, String.join(", ", connection.unreadable())));
    }
    String url = baseUrl.orElseGet(() -> connection.getSpec().baseUrl());
    if (baseUrl.isEmpty() && AllowedHosts.STANDARD.problem(url).isPresent()) {
      throw new MixpeekUnreadable(
          "Connection %s leads to %s: repeat that as --base-url if the key may be sent there."
              .formatted(name, url));
    }
    ApiKeySecretRef secret = connection.getSpec().getApiKeySecretRef();
    return new Access(
        new Endpoint(URI.create(url), connection.getSpec().getNamespace(), key(secret)),
        connection.getSpec().requestsPerMinute(),
        "Secret " + secret.name(),
        Optional.of(connection));
  }

  private ApiKey key(ApiKeySecretRef ref) {
    Secret secret =
        cluster
            .read(Secret.class, namespace, ref.name(), OWN_KEY)
            .orElseThrow(
                () ->
                    new MixpeekUnreadable(
                        "There is no Secret %s in namespace %s: create it, with the API key under %s."
                            .formatted(ref.name(), namespace, ref.key())));
    String encoded = Optional.ofNullable(secret.getData()).orElse(Map.of()).get(ref.key());
    return Optional.ofNullable(encoded)
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
        .flatMap(ApiKey::of)
        .orElseThrow(
            () ->
                new MixpeekUnreadable(
                    "Secret %s has no API key under %s: put one there, or correct spec.apiKeySecretRef of the Connection."
                        .formatted(ref.name(), ref.key())));
  }
}
