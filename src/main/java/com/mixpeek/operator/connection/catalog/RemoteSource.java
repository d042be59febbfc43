package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.cluster.Backoff;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.Link;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.Endpoint;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.RemoteSpec;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

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
    Link link = known(namespace, connection);
    // Read once, as it may change meanwhile.
    Link.State state = link.state();
    if (!state.isConnected()) {
      throw new SourceUnknownException(state.obstacle(connection), MOMENT.multipliedBy(3));
    }
    Endpoint endpoint = state.endpoint();
    Function<RemoteRequest, Answer> send =
        request -> connections.send(link, endpoint, clone, Priority.BEGIN, request);
    if (ref.hasNonNull(kind.idField())) {
      String id = ref.get(kind.idField()).asText();
      Answer answer = RemoteLookUp.byId(kind, id, send);
      if (answer instanceof Success success) {
        return Optional.of(
            RemoteSpec.resource(kind, namespace, Optional.of(connection), success.body()));
      }
      Failure failure = (Failure) answer;
      if (Connections.isGone(failure)) {
        return Optional.empty();
      }
      throw unknown(failure);
    }
    RemoteLookUp lookUp = RemoteLookUp.of(kind, ref.path(kind.nameField()).asText(), send);
    if (lookUp.failure().isPresent()) {
      throw unknown(lookUp.failure().get());
    }
    return lookUp.found().stream()
        .findFirst()
        .map(
            found ->
                RemoteSpec.resource(kind, namespace, Optional.of(connection), found.content()));
  }

  private Link known(String namespace, String connection) throws SourceUnknownException {
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
    return link.get();
  }

  private static SourceUnknownException unknown(Failure failure) {
    Duration lasting = failure.passes() ? MINUTE : MINUTE.multipliedBy(10);
    // The Connection is looked at again at once, and may have a new key.
    Duration pause = Connections.raisesDoubts(failure) ? MOMENT.multipliedBy(3) : lasting;
    return new SourceUnknownException(
        failure.message() + " It is tried again.", Backoff.spread(failure.pause().orElse(pause)));
  }
}
