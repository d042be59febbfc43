package com.mixpeek.operator.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.RemoteSpec;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Duration;
import java.util.Optional;

/** Finds sources of clones that have no resource in the cluster. */
final class RemoteSource<R extends CatalogResource<?>> {

  private static final Duration MOMENT = Duration.ofSeconds(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final CatalogKind<?, R> kind;
  private final Connections connections;

  RemoteSource(CatalogKind<?, R> kind, Connections connections) {
    this.kind = kind;
    this.connections = connections;
  }

  /**
   * Asks for it.
   *
   * @param ref with the ID or the catalog name
   * @return empty if there is none
   */
  Optional<R> find(String namespace, String connection, String clone, ObjectNode ref)
      throws SourceUnknownException {
    Link link = connected(namespace, connection);
    if (ref.hasNonNull(kind.idField())) {
      String id = ref.get(kind.idField()).asText();
      Answer answer = connections.send(link, clone, Priority.BEGIN, RemoteRequest.get(kind, id));
      if (answer instanceof Success success) {
        return Optional.of(
            RemoteSpec.resource(kind, namespace, Optional.of(connection), success.body()));
      }
      Failure failure = (Failure) answer;
      if (failure.cause() == Cause.NotFound && !Connections.isOfNamespace(failure)) {
        return Optional.empty();
      }
      throw unknown(failure);
    }
    RemoteLookUp lookUp =
        RemoteLookUp.of(
            kind,
            ref.path(kind.nameField()).asText(),
            request -> connections.send(link, clone, Priority.BEGIN, request));
    if (lookUp.failure().isPresent()) {
      throw unknown(lookUp.failure().get());
    }
    return lookUp.found().stream()
        .findFirst()
        .map(
            found ->
                RemoteSpec.resource(kind, namespace, Optional.of(connection), found.content()));
  }

  private Link connected(String namespace, String connection) throws SourceUnknownException {
    Optional<Link> link = connections.link(namespace, connection);
    if (link.isEmpty() && connections.isAbsent(namespace, connection)) {
      throw new SourceUnknownException(
          "There is no Connection %s in namespace %s: the clone goes on when it appears."
              .formatted(connection, namespace),
          MOMENT.multipliedBy(3));
    }
    if (link.isEmpty()) {
      throw new SourceUnknownException(
          "Connection %s was not looked at yet.".formatted(connection), MOMENT);
    }
    if (!link.get().isConnected()) {
      throw new SourceUnknownException(
          "Connection %s is not ready: %s".formatted(connection, link.get().state().message()),
          MOMENT.multipliedBy(3));
    }
    return link.get();
  }

  private static SourceUnknownException unknown(Failure failure) {
    Duration asked = failure.retryAfter().orElse(MINUTE);
    return new SourceUnknownException(
        failure.message() + " It is tried again.", Retries.spread(asked));
  }
}
