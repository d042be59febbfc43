package com.mixpeek.operator.connection;

import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionSpec.ApiKeySecretRef;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Endpoint;
import com.mixpeek.operator.remote.RequestBudget;
import java.time.Instant;

/** A Connection in use: where it leads, whether that works, and what may be sent. */
final class Link {

  private final String uid;
  private final String namespace;
  private final String name;
  private final RequestBudget budget;

  /** What was last found out; null before anything was. */
  private volatile State state;

  private volatile Endpoint endpoint;
  private volatile ApiKeySecretRef secret;
  private volatile boolean doubted;

  /**
   * What was found out of it.
   *
   * @param namespaceId of the Mixpeek namespace, null where it is not known
   * @param failures how often in a row the API did not answer
   * @param due when it is to be looked at again
   * @param epoch grows each time it comes to work
   */
  record State(
      Reason reason, String message, String namespaceId, int failures, Instant due, long epoch) {

    boolean isConnected() {
      return reason == Reason.Connected;
    }
  }

  Link(Connection connection) {
    this.uid = connection.getMetadata().getUid();
    this.namespace = connection.getMetadata().getNamespace();
    this.name = connection.getMetadata().getName();
    this.budget = new RequestBudget(connection.getSpec().requestsPerMinute());
  }

  boolean isOf(Connection connection) {
    return uid.equals(connection.getMetadata().getUid());
  }

  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  RequestBudget budget() {
    return budget;
  }

  /** Where requests are sent; null where there is nowhere to send them. */
  Endpoint endpoint() {
    return endpoint;
  }

  /** Has requests sent there, with the key of that Secret; null for nowhere. */
  void lead(Endpoint to, ApiKeySecretRef with) {
    endpoint = to;
    secret = with;
  }

  /** Whether its key is from there. */
  boolean isOfSecret(ApiKeySecretRef ref) {
    return ref.equals(secret);
  }

  State state() {
    return state;
  }

  boolean isConnected() {
    State now = state;
    return now != null && now.isConnected();
  }

  /** Takes what was found out. */
  void found(State found) {
    state = found;
  }

  /** Whether an answer of the API has raised doubts since they were last asked for. */
  boolean takeDoubts() {
    boolean had = doubted;
    doubted = false;
    return had;
  }

  /** Has it looked at again: the API refuses the key, or does not know the namespace. */
  void doubt() {
    doubted = true;
  }
}
