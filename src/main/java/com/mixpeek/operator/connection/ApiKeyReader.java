package com.mixpeek.operator.connection;

import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.remote.ApiKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Reads the API key of a Connection from its Secret, and no other Secret. */
final class ApiKeyReader {

  private final KubernetesClient client;

  ApiKeyReader(KubernetesClient client) {
    this.client = client;
  }

  /** There is no key, as a sentence with the remedy. */
  static final class NoKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    private NoKeyException(String message) {
      super(message);
    }
  }

  /**
   * Reads it.
   *
   * @throws KubernetesClientException if nothing is known of the Secret for now
   */
  ApiKey read(Connection connection) throws NoKeyException {
    String namespace = connection.getMetadata().getNamespace();
    String name = connection.getSpec().getApiKeySecretRef().name();
    String key = connection.getSpec().getApiKeySecretRef().key();
    Secret secret;
    try {
      secret = client.secrets().inNamespace(namespace).withName(name).get();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        // Nothing is known of the Secret: it is tried again, and what works goes on.
        throw e;
      }
      throw new NoKeyException(
          ("The operator may not read Secret %s of namespace %s: give its account the Role of"
                  + " deploy/connections in that namespace.")
              .formatted(name, namespace));
    }
    if (secret == null) {
      throw new NoKeyException(
          "There is no Secret %s in namespace %s: create it, with the API key under %s."
              .formatted(name, namespace, key));
    }
    String encoded = Optional.ofNullable(secret.getData()).orElse(Map.of()).get(key);
    if (encoded == null) {
      throw new NoKeyException(
          "Secret %s has nothing under %s: put the API key there, or correct".formatted(name, key)
              + " spec.apiKeySecretRef.key.");
    }
    return ApiKey.of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
        .orElseThrow(
            () ->
                new NoKeyException(
                    "What Secret %s has under %s is no API key: it is empty, or has white space or"
                            .formatted(name, key)
                        + " other letters than ASCII has in it: put a valid key there."));
  }
}
