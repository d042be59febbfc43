package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.connection.Link;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.util.Objects;
import java.util.Optional;

/** What is done about one resource at Mixpeek in one reconciliation. */
abstract class RemoteTurn<R extends CatalogResource<?>> {

  final TurnContext<R> context;
  final CatalogKind<?, R> kind;
  final Link.State connected;
  final ObjectNode spec;
  final RemoteOutcomes<R> outcomes;
  final String uid;

  /** As it is by now. */
  R resource;

  private final Link link;

  /**
   * @param connected where all requests of the turn go, whatever becomes of the Connection
   *     meanwhile
   */
  RemoteTurn(TurnContext<R> context, Link link, Link.State connected, R resource, ObjectNode spec) {
    this.context = context;
    this.kind = context.kind();
    this.link = link;
    this.connected = connected;
    this.resource = resource;
    this.spec = spec;
    this.outcomes = new RemoteOutcomes<>(context, link, connected, spec);
    this.uid = resource.getMetadata().getUid();
  }

  /** Does what is to be done, unless it is too early for that. */
  final Outcome<R> run() {
    return context
        .retries()
        .left(resource, link, connected.epoch(), context.now())
        .map(left -> new Outcome<>(resource, Optional.empty(), Optional.of(left)))
        .orElseGet(this::proceed);
  }

  abstract Outcome<R> proceed();

  /** Whether this very spec was refused where it would be sent, so that it would be again. */
  final boolean isRefused() {
    return resource.isReported(Reason.Refused)
        && Objects.equals(
            resource.getStatus().getObservedGeneration(), resource.getMetadata().getGeneration())
        && (resource.reportedId().isPresent()
            || !connected.isOtherThan(resource.remote().namespaceId()))
        && !context.retries().isOfElsewhere(resource, link, connected.epoch());
  }

  final Answer get(Priority priority, String id) {
    return RemoteLookUp.byId(kind, id, request -> send(priority, request));
  }

  final Answer write(Priority priority, RemoteRequest request, Runnable onSend) {
    Runnable sends =
        () -> {
          onSend.run();
          context.sends(uid);
        };
    Answer answer =
        context.connections().send(link, connected.endpoint(), uid, priority, request, sends);
    context.answered(uid, answer);
    return answer;
  }

  final Answer send(Priority priority, RemoteRequest request) {
    return context.connections().send(link, connected.endpoint(), uid, priority, request);
  }
}
