package com.mixpeek.operator.demo;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;

/** What ends the demo early, said to a person: what happened and what to do about it. */
final class DemoStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DemoStoppedException(String message) {
    super(message);
  }

  /** Why something failed: the API server's words where it spoke, else those of the cause. */
  static String why(Throwable failure) {
    if (failure instanceof KubernetesClientTimeoutException) {
      return "The API server takes too long: " + failure.getMessage();
    }
    if (failure instanceof KubernetesClientException e) {
      return e.getStatus() != null && e.getStatus().getMessage() != null
          ? e.getStatus().getMessage()
          : "The API server cannot be reached. Does `kubectl get namespaces` reach it?";
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
