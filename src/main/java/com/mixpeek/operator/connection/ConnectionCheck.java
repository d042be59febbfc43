package com.mixpeek.operator.connection;

import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionSpec;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cluster.Backoff;
import com.mixpeek.operator.connection.Link.State;
import com.mixpeek.operator.connection.Link.Way;
import com.mixpeek.operator.remote.AllowedHosts;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.ApiKey;
import com.mixpeek.operator.remote.Endpoint;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.Ticket.Priority;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds out whether a Connection works: reads its Secret, and only that, and asks for its Mixpeek
 * namespace. While it works it is asked again every ten minutes or more; while it does not, its
 * Secret is read often, as no watch of Secrets is asked for, and the API seldom.
 */
public final class ConnectionCheck {

  private static final Duration OFTEN = Duration.ofSeconds(15);
  private static final Duration SELDOM = Duration.ofMinutes(5);
  private static final Duration RARELY = Duration.ofMinutes(10);

  /** A wait of an edit that is worth to be told. */
  private static final Duration LONG = Duration.ofMinutes(1);

  /** So often in a row the API does not answer before what works is said not to. */
  private static final int SURE = 3;

  private final ApiKeyReader keys;
  private final AllowedHosts hosts;
  private final Connections connections;
  private final Clock clock;

  /**
   * What was found out.
   *
   * @param changed whether what waits for the Connection is to be told
   * @param again when it is to be looked at again
   */
  public record Finding(
      Reason reason,
      String message,
      Optional<String> namespaceId,
      boolean changed,
      Duration again) {}

  public ConnectionCheck(
      KubernetesClient client, AllowedHosts hosts, Connections connections, Clock clock) {
    this.keys = new ApiKeyReader(client);
    this.hosts = hosts;
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * Looks at it, if that is due.
   *
   * @throws Postponed if it was not its turn yet to find out anything
   */
  public Finding check(Connection connection) {
    Link link = connections.use(connection);
    State before = link.state();
    boolean doubted = link.takeDoubts();
    if (!isCurrent(connection, link, doubted)) {
      try {
        link.found(look(connection, link, doubted), clock.instant());
      } catch (Postponed e) {
        link.doubt();
        boolean told = before == null || before.isFor(connection.getSpec());
        if (told || e.left().compareTo(LONG) <= 0) {
          throw e;
        }
        // Or nothing would be said until then, neither here nor of what goes through it.
        link.found(postponed(before, connection.getSpec(), e), clock.instant());
      } catch (KubernetesClientException e) {
        link.doubt();
        throw e;
      }
    }
    State after = link.state();
    boolean changed =
        before == null || before.reason() != after.reason() || before.epoch() != after.epoch();
    boolean patient = after.isConnected() || after.reason() == Reason.BaseUrlNotAllowed;
    Duration again = patient ? Duration.between(connections.now(), after.due()) : OFTEN;
    return new Finding(
        after.reason(),
        after.message(),
        Optional.ofNullable(after.namespaceId()),
        changed,
        again.isNegative() ? Duration.ZERO : again);
  }

  private boolean isCurrent(Connection connection, Link link, boolean doubted) {
    ConnectionSpec spec = connection.getSpec();
    State state = link.state();
    return link.isConnected()
        && !doubted
        && connections.now().isBefore(state.due())
        && state.isFor(spec);
  }

  private State look(Connection connection, Link link, boolean doubted) {
    ConnectionSpec spec = connection.getSpec();
    State before = link.state();
    Instant now = connections.now();
    Optional<String> problem = hosts.problem(spec.baseUrl());
    if (problem.isPresent()) {
      return failed(before, spec, Reason.BaseUrlNotAllowed, problem.get(), now.plus(RARELY));
    }
    ApiKey key;
    try {
      key = keys.read(connection);
    } catch (ApiKeyReader.NoKeyException e) {
      return failed(before, spec, Reason.SecretNotFound, e.getMessage(), now.plus(OFTEN));
    }
    Endpoint endpoint;
    try {
      endpoint = new Endpoint(URI.create(spec.baseUrl()), spec.getNamespace(), key);
    } catch (IllegalArgumentException e) {
      return failed(before, spec, Reason.NamespaceNotFound, e.getMessage(), now.plus(RARELY));
    }
    boolean same = before != null && endpoint.equals(before.endpoint());
    if (same && !doubted && now.isBefore(before.due())) {
      return before.along(Way.of(spec));
    }
    if (link.wasOfAnotherAccount(endpoint)) {
      // Who has asked for a pause is not asked any more.
      link.budget().forgetPause();
    }
    Answer answer =
        connections.send(
            link,
            endpoint,
            "connection/" + link.name(),
            Priority.CONTINUE,
            RemoteRequest.getNamespace(endpoint.namespace()));
    link.takeDoubts();
    if (answer instanceof Answer.Success success) {
      return connected(before, spec, endpoint, success);
    }
    State refused = refused(before, spec, endpoint, (Failure) answer, connections.now());
    boolean perhaps =
        same
            && before.isConnected()
            && refused.reason() == Reason.Unreachable
            && refused.failures() < SURE;
    return perhaps
        ? new State(
            before.reason(),
            before.message(),
            Way.of(spec),
            endpoint,
            before.namespaceId(),
            refused.failures(),
            refused.due(),
            before.epoch())
        : refused;
  }

  private State connected(
      State before, ConnectionSpec spec, Endpoint endpoint, Answer.Success success) {
    String id = success.body().path("namespace_id").asText(null);
    // Another key may be one of another account, where another namespace has the name.
    boolean goesOn =
        before != null
            && before.isConnected()
            && endpoint.equals(before.endpoint())
            && Objects.equals(id, before.namespaceId());
    long epoch = before == null ? 1 : goesOn ? before.epoch() : before.epoch() + 1;
    return new State(
        Reason.Connected,
        "The Mixpeek namespace %s can be reached.".formatted(endpoint.namespace()),
        Way.of(spec),
        endpoint,
        id,
        0,
        connections.now().plus(Backoff.spread(RARELY)),
        epoch);
  }

  private static State refused(
      State before, ConnectionSpec spec, Endpoint endpoint, Failure failure, Instant now) {
    int failures = before == null ? 1 : before.failures() + 1;
    Reason reason =
        switch (failure.cause()) {
          case Unauthorized -> Reason.Unauthorized;
          case Forbidden, QuotaExceeded -> Reason.Forbidden;
          case NotFound, Refused, Conflict -> Reason.NamespaceNotFound;
          default -> Reason.Unreachable;
        };
    String remedy =
        switch (reason) {
          case Unauthorized ->
              "Put a valid key into the Secret: it is read again every %d seconds."
                  .formatted(OFTEN.toSeconds());
          case Forbidden ->
              "Give the key the rights to read the Mixpeek namespace %s, or another key."
                  .formatted(endpoint.namespace());
          case NamespaceNotFound ->
              "Correct spec.namespace, %s, or create that namespace at Mixpeek."
                  .formatted(endpoint.namespace());
          default -> "It is tried again by itself.";
        };
    Duration pause =
        reason == Reason.Unreachable
            ? failure.pause().orElse(OFTEN.multipliedBy(Math.min(failures, 20)))
            : SELDOM;
    // Of another key it is not known whether it is one of the same account.
    boolean same = before != null && endpoint.equals(before.endpoint());
    String id = same ? before.namespaceId() : null;
    long epoch = before == null ? 0 : before.epoch();
    return new State(
        reason,
        failure.message() + " " + remedy,
        Way.of(spec),
        endpoint,
        id,
        failures,
        now.plus(pause),
        epoch);
  }

  private State postponed(State before, ConnectionSpec spec, Postponed e) {
    String message =
        "It was edited, and is looked at when it is its turn among the requests a minute, until about %s."
            .formatted(e.minute(clock.instant()));
    return failed(before, spec, Reason.Unreachable, message, connections.now().plus(e.left()));
  }

  private static State failed(
      State before, ConnectionSpec spec, Reason reason, String message, Instant due) {
    return new State(
        reason,
        message,
        Way.of(spec),
        null,
        before != null && before.isFor(spec) ? before.namespaceId() : null,
        0,
        due,
        before == null ? 0 : before.epoch());
  }
}
