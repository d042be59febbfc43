package com.mixpeek.operator.connection;

import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionSpec;
import com.mixpeek.operator.api.ConnectionSpec.ApiKeySecretRef;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Endpoint;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.remote.RequestBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A Connection in use: where it leads, whether that works, and what may be sent. */
public final class Link {

  private final String uid;
  private final String namespace;
  private final String name;
  private final RequestBudget budget;

  /** What was last found out; null before anything was. */
  private volatile State state;

  /** Where was asked last, though there may be nowhere to ask now; null before anything was. */
  private volatile Endpoint asked;

  /** Those of which the last request was not answered. */
  private final Set<Operation> unanswered = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean doubted = new AtomicBoolean();

  /** What was found out when it worked last; null before it did. */
  private volatile State worked;

  private volatile boolean gone;

  /** When its Connection, or the Secret of that, was gone; null while both are there. */
  private volatile Instant end;

  /** Where a Connection leads, and whose key is sent there. */
  record Way(String baseUrl, String namespace, ApiKeySecretRef secret) {

    static Way of(ConnectionSpec spec) {
      return new Way(spec.baseUrl(), spec.getNamespace(), spec.getApiKeySecretRef());
    }
  }

  /**
   * What was found out of it.
   *
   * @param way where the Connection led when that was found out
   * @param endpoint where requests are sent; null where there is nowhere to send them
   * @param namespaceId of the Mixpeek namespace, null where it is not known
   * @param failures how often in a row the API did not answer
   * @param due when it is to be looked at again
   * @param epoch grows each time it comes to work
   */
  public record State(
      Reason reason,
      String message,
      Way way,
      Endpoint endpoint,
      String namespaceId,
      int failures,
      Instant due,
      long epoch) {

    /** Whether it was found out of where the Connection leads by now. */
    boolean isFor(ConnectionSpec spec) {
      return spec != null && way.equals(Way.of(spec));
    }

    /** The same, found to hold for where the Connection leads by now. */
    State along(Way other) {
      return new State(reason, message, other, endpoint, namespaceId, failures, due, epoch);
    }

    /** Whether that is another Mixpeek namespace, for certain, than the one that it leads to. */
    public boolean isOtherThan(String namespaceId) {
      return namespaceId != null
          && this.namespaceId != null
          && !namespaceId.equals(this.namespaceId);
    }

    public boolean isConnected() {
      return reason == Reason.Connected;
    }

    /**
     * Why what goes through the Connection waits, without the Connection's own words, which may be
     * others each time it is looked at.
     */
    public String obstacle(String connection) {
      return "Connection %s is not ready (%s): its own status says what to do."
          .formatted(connection, reason);
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

  /** Takes note that its Connection is gone. */
  void end(Instant time) {
    end = end == null ? time : end;
    gone = true;
  }

  /** Whether it is known that its Connection is gone. */
  boolean isGone() {
    return gone;
  }

  /** Whether it ended so long before that time, or longer. */
  boolean hasEnded(Instant time, Duration before) {
    Instant ended = end;
    return ended != null && !time.isBefore(ended.plus(before));
  }

  /** Whether it worked until its Connection, or the Secret of that, was gone. */
  boolean workedToTheEnd() {
    State now = state;
    State last = worked;
    return last != null
        && end != null
        && last.way().equals(now.way())
        && (now.isConnected() || now.reason() == Reason.SecretNotFound);
  }

  /** What was found out when it worked last. */
  public State worked() {
    return worked;
  }

  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  RequestBudget budget() {
    return budget;
  }

  public State state() {
    return state;
  }

  public boolean isConnected() {
    State now = state;
    return now != null && now.isConnected();
  }

  /**
   * Takes what was found out.
   *
   * @param time of day
   */
  void found(State found, Instant time) {
    if (found.isConnected()) {
      worked = found;
      end = null;
    } else if (found.reason() == Reason.SecretNotFound && end == null) {
      end = time;
    }
    if (found.endpoint() != null) {
      asked = found.endpoint();
    }
    state = found;
  }

  /** Whether another server was asked last, or with another key. */
  boolean wasOfAnotherAccount(Endpoint endpoint) {
    Endpoint before = asked;
    return before != null
        && !(before.baseUrl().equals(endpoint.baseUrl()) && before.key().equals(endpoint.key()));
  }

  /**
   * Takes note of an answer.
   *
   * @param answer null for none
   */
  void answered(Operation operation, Answer answer) {
    if (answer == null || answer instanceof Failure failure && failure.cause() == Cause.NoAnswer) {
      unanswered.add(operation);
    } else {
      unanswered.remove(operation);
    }
  }

  /** Whether the operation was not answered last, and somebody waits for an answer. */
  boolean hangs(Operation operation) {
    return unanswered.contains(operation)
        && operation != Operation.GET_NAMESPACE
        && budget.isBusy();
  }

  /** Whether an answer of the API has raised doubts since they were last asked for. */
  boolean takeDoubts() {
    return doubted.getAndSet(false);
  }

  /** Whether it is yet to be looked at again. */
  public boolean isDoubted() {
    return doubted.get() && !gone;
  }

  /** Has it looked at again: the API refuses the key, or does not know the namespace. */
  void doubt() {
    doubted.set(true);
  }
}
