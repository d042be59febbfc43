package com.mixpeek.operator.client;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** Why a request to the API server failed, in words for a person. */
public final class ApiErrors {

  /** Said where fabric8 cannot read the kubeconfig, whose own words are of its parser. */
  public static final String UNREADABLE_KUBECONFIG =
      "The kubeconfig cannot be read: see what kubectl config view says of it.";

  private ApiErrors() {}

  /** The API server's own words, empty where it did not answer or said nothing. */
  public static Optional<String> message(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus()).map(Status::getMessage).filter(m -> !m.isBlank());
  }

  /** What went wrong with the connection, where the API server did not answer. */
  public static String connection(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof UnresolvedAddressException) {
      return "its host name is unknown";
    }
    return root.getMessage() == null ? "no connection" : root.getMessage();
  }
}
