package com.mixpeek.operator.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.RemoteStatus;
import com.mixpeek.operator.catalog.RemoteCreation;
import com.mixpeek.operator.catalog.RemoteCreation.Step;
import com.mixpeek.operator.catalog.RemoteState;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Deletes at Mixpeek what is to go with a resource. Whatever will not change by itself, such as a
 * revoked key, does not hold the resource: it is said what stays.
 */
final class RemoteDeletion<R extends CatalogResource<?>> {

  /** How long a request to create something may take to arrive. */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  private static final Duration MOMENT = Duration.ofSeconds(5);

  private final CatalogKind<?, R> kind;
  private final Connections connections;
  private final Retries retries;
  private final Clock clock;

  RemoteDeletion(CatalogKind<?, R> kind, Connections connections, Retries retries, Clock clock) {
    this.kind = kind;
    this.connections = connections;
    this.retries = retries;
    this.clock = clock;
  }

  Release release(R resource, ObjectNode spec) {
    RemoteStatus remote = resource.remote();
    boolean mayBeThere = resource.reportedId().isPresent() || remote.attempt() != null;
    if (!resource.deletesRemotely() || !mayBeThere) {
      return Release.done();
    }
    String namespace = resource.getMetadata().getNamespace();
    String connection = resource.connection().orElseThrow();
    Optional<Link> link = connections.link(namespace, connection);
    if (link.isEmpty()) {
      return connections.isAbsent(namespace, connection)
          ? leaving(resource, "Its Connection %s is no more.".formatted(connection))
          : new Release(Optional.empty(), Optional.empty(), Optional.of(MOMENT));
    }
    Link.State state = link.get().state();
    if (!state.isConnected() && state.reason() != Reason.Unreachable) {
      return leaving(
          resource, "Connection %s is not ready: %s".formatted(connection, state.message()));
    }
    Optional<Duration> left = retries.left(resource, link.get(), clock.instant());
    if (left.isPresent()) {
      return new Release(Optional.empty(), Optional.empty(), left);
    }
    try {
      return delete(resource, spec, link.get(), remote);
    } catch (Postponed e) {
      return waits(resource, "It waits for its turn among the requests a minute.", e.until());
    }
  }

  private Release delete(R resource, ObjectNode spec, Link link, RemoteStatus remote) {
    String uid = resource.getMetadata().getUid();
    Optional<String> id = resource.reportedId();
    if (id.isEmpty()) {
      RemoteMaking<R> making = new RemoteMaking<>(kind, resource, spec, remote.attempt());
      RemoteLookUp lookUp =
          RemoteLookUp.of(
              kind,
              making.name(),
              request -> connections.send(link, uid, Priority.CONTINUE, request));
      if (lookUp.failure().isPresent()) {
        return failed(resource, link, lookUp.failure().get());
      }
      Step step =
          RemoteCreation.next(
              making.attempt(), lookUp.found(), making::isMade, lookUp.serverTime().orElseThrow());
      Instant sent = Instant.parse(remote.attempt().since());
      if (lookUp.found().isEmpty()
          && lookUp.serverTime().orElseThrow().isBefore(sent.plus(ON_ITS_WAY))) {
        return waits(
            resource,
            "The request to create it may still be on its way.",
            clock.instant().plus(MOMENT));
      }
      if (!(step instanceof Step.TakeOver ours)) {
        return Release.done();
      }
      id = Optional.of(ours.id());
    }
    Answer answer =
        connections.send(link, uid, Priority.CONTINUE, RemoteRequest.delete(kind, id.get()));
    return answer instanceof Failure failure ? failed(resource, link, failure) : Release.done();
  }

  private Release failed(R resource, Link link, Failure failure) {
    if (failure.cause() == Cause.NotFound) {
      return Release.done();
    }
    if (!failure.cause().passes()) {
      return leaving(resource, failure.message());
    }
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Instant until = retries.pause(resource, link, asked, clock.instant());
    return waits(resource, failure.message(), until);
  }

  private Release waits(R resource, String why, Instant until) {
    Duration left = Duration.between(clock.instant(), until);
    RemoteState state =
        new RemoteState(
            resource.reportedId().orElse(null),
            Reason.ConnectionNotReady,
            ("It is deleted at Mixpeek first. %s With spec.deletionPolicy Retain it goes at once, and"
                    + " stays there.")
                .formatted(why),
            resource.remote(),
            Optional.empty());
    return new Release(
        Optional.of(state),
        Optional.empty(),
        Optional.of(left.isNegative() || left.isZero() ? Duration.ofMillis(100) : left));
  }

  private Release leaving(R resource, String why) {
    return Release.leaving(
        "%s %s stays at Mixpeek: delete it there. %s"
            .formatted(
                kind.name(),
                resource.reportedId().orElseGet(() -> resource.text(kind.nameField()).orElse("")),
                why));
  }
}
