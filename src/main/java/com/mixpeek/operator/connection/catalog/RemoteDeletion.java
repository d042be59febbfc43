package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.RemoteStatus;
import com.mixpeek.operator.api.RemoteStatus.Attempt;
import com.mixpeek.operator.catalog.RemoteCreation.Step;
import com.mixpeek.operator.catalog.RemoteState;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.Link;
import com.mixpeek.operator.connection.Postponed;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;

/**
 * Deletes at Mixpeek what is to go with a resource. Whatever will not change by itself, such as a
 * revoked key, does not hold the resource: it is said what stays.
 */
final class RemoteDeletion<R extends CatalogResource<?>> {

  private static final Duration MOMENT = Duration.ofSeconds(5);

  /** So long after its deletion began something is tried again that collides with another one. */
  private static final Duration CONFLICT = Duration.ofMinutes(10);

  private final TurnContext<R> context;
  private final CatalogKind<?, R> kind;
  private final Connections connections;

  RemoteDeletion(TurnContext<R> context) {
    this.context = context;
    this.kind = context.kind();
    this.connections = context.connections();
  }

  Release release(R resource, ObjectNode spec) {
    RemoteStatus remote = resource.remote();
    boolean mayBeThere = resource.reportedId().isPresent() || remote.attempt() != null;
    if (!resource.deletesRemotely() || !mayBeThere) {
      return Release.done();
    }
    String namespace = resource.getMetadata().getNamespace();
    String connection = resource.connection().orElseThrow();
    Optional<Link> last = connections.lastLink(resource, deleted(resource));
    Optional<Link> link = last.or(() -> connections.link(namespace, connection));
    if (link.isEmpty()) {
      return connections.isAbsent(namespace, connection)
          ? leaving(resource, "Its Connection %s is no more.".formatted(connection))
          : new Release(Optional.empty(), Optional.empty(), Optional.of(MOMENT));
    }
    Link.State state = last.map(Link::worked).orElseGet(link.get()::state);
    if (!state.isConnected() && state.reason() != Reason.Unreachable) {
      return leaving(
          resource, "Connection %s is not ready: %s".formatted(connection, state.message()));
    }
    Optional<Duration> left =
        context.retries().left(resource, link.get(), state.epoch(), context.now());
    if (left.isPresent()) {
      return new Release(Optional.empty(), Optional.empty(), left);
    }
    if (!state.isConnected() && state.namespaceId() == null) {
      // It may lead elsewhere, where nothing is known of the resource.
      return waits(resource, state.obstacle(connection), MOMENT);
    }
    try {
      return context.turn(resource, () -> delete(resource, spec, link.get(), state));
    } catch (Postponed e) {
      return e.left().compareTo(MOMENT) <= 0
          ? new Release(Optional.empty(), Optional.empty(), Optional.of(e.left()))
          : waits(resource, "It waits for its turn among the requests a minute.", e.left());
    }
  }

  private Release delete(R resource, ObjectNode spec, Link link, Link.State state) {
    String uid = resource.getMetadata().getUid();
    Function<RemoteRequest, Answer> send =
        request -> connections.send(link, state.endpoint(), uid, Priority.CONTINUE, request);
    Optional<String> id = resource.reportedId();
    if (id.isEmpty()) {
      Attempt attempt = resource.remote().attempt();
      if (!attempt.isIn(state.namespaceId())) {
        return leaving(
            resource,
            "A request to create it was sent to Mixpeek namespace %s, and Connection %s leads elsewhere."
                .formatted(attempt.namespaceId(), link.name()));
      }
      Instant arrived = context.arrived(uid);
      Instant now = context.now();
      boolean mayArrive = now.isBefore(arrived);
      RemoteMaking<R> making = context.making(resource, spec, attempt);
      Optional<Failure> failure =
          making.lookUp(request -> context.read(uid, state.endpoint(), request, send));
      if (failure.isPresent()) {
        return failed(resource, link, state, failure.get());
      }
      boolean rivals = context.peers().hasRival(kind, resource, attempt);
      Step step = making.next();
      if (step instanceof Step.NameTaken taken) {
        return making.isSomethingElse(taken.id()) ? Release.done() : unclear(resource, taken.id());
      }
      if (rivals && step instanceof Step.TakeOver found) {
        return unclear(resource, found.id());
      }
      if (!(step instanceof Step.TakeOver ours)) {
        return mayArrive
            ? waits(
                resource,
                "The request to create it may still be on its way.",
                Duration.between(now, arrived))
            : Release.done();
      }
      id = Optional.of(ours.id());
    }
    String place = resource.remote().namespaceId();
    if (state.isOtherThan(place)) {
      return leaving(
          resource,
          "It is in Mixpeek namespace %s, and Connection %s leads elsewhere."
              .formatted(place, link.name()));
    }
    RemoteRequest request = RemoteRequest.delete(kind, id.get());
    boolean asked = context.remembers(uid, state.endpoint(), request);
    Answer answer = context.read(uid, state.endpoint(), request, send);
    if (!(answer instanceof Failure failure) || Connections.isGone(failure)) {
      return Release.done();
    }
    if (failure.cause() == Cause.Unauthorized && (!asked || link.isDoubted())) {
      // There may be another key by now: the Connection is looked at meanwhile.
      context.remember(uid, state.endpoint(), request, failure);
      throw new Postponed(MOMENT);
    }
    return failed(resource, link, state, failure);
  }

  private Release failed(R resource, Link link, Link.State state, Failure failure) {
    boolean passes =
        failure.passes()
            || failure.cause() == Cause.Conflict
                && context.timeOfDay().isBefore(deleted(resource).plus(CONFLICT));
    if (!passes) {
      return leaving(resource, failure.message());
    }
    Duration asked = failure.pause().orElse(Duration.ZERO);
    Duration left = context.retries().pause(resource, link, state.epoch(), asked, context.now());
    return waits(resource, failure.message(), left);
  }

  private static Instant deleted(CatalogResource<?> resource) {
    return OffsetDateTime.parse(resource.getMetadata().getDeletionTimestamp()).toInstant();
  }

  private Release waits(R resource, String why, Duration left) {
    RemoteState state =
        RemoteState.of(
            resource,
            Reason.ConnectionNotReady,
            ("It is deleted at Mixpeek first. %s With spec.deletionPolicy Retain it goes at once, and"
                    + " stays there.")
                .formatted(why));
    return new Release(Optional.of(state), Optional.empty(), Optional.of(left));
  }

  private Release unclear(R resource, String found) {
    return leaving(
        resource,
        "%s has its name, and it is not certain whether it was made for this %s."
            .formatted(found, kind.name()));
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
