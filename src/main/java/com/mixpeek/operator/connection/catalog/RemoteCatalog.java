package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.catalog.RemoteState;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.Link;
import com.mixpeek.operator.connection.Postponed;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.remote.RemoteRequest;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * What stands for something at Mixpeek, of one kind: makes it there, once, changes it as its spec
 * changes, and says what is found there.
 *
 * @param <R> the resource type
 */
public final class RemoteCatalog<R extends CatalogResource<?>> {

  /** What may stand in the way in the cluster of what has its ID. */
  private static final Set<Reason> OBSTACLES =
      EnumSet.of(Reason.DuplicateName, Reason.ReferenceNotFound, Reason.ReferenceNotReady);

  /** A wait that is not worth a write. */
  private static final Duration MOMENT = Duration.ofSeconds(5);

  private final CatalogKind<?, R> kind;
  private final ResourceCache<R> resources;
  private final Connections connections;
  private final TurnContext<R> context;
  private final RemotePeers peers;
  private final List<BiConsumer<String, String>> woken = new CopyOnWriteArrayList<>();

  public RemoteCatalog(
      CatalogKind<?, R> kind,
      ResourceCache<R> resources,
      Connections connections,
      Leadership leadership,
      Clock clock,
      RemotePeers peers) {
    this.kind = kind;
    this.resources = resources;
    this.connections = connections;
    this.context = new TurnContext<>(kind, connections, leadership, clock, peers);
    this.peers = peers;
    peers.add(kind, resources, context);
    resources.addListener(
        (resource, keys, own) -> {
          if (resource.reportedId().isPresent()) {
            context.reported(resource.getMetadata().getUid());
          }
          forgetIfGone(resource);
        });
  }

  /** Is no more to be asked whose something is. */
  public void close() {
    peers.remove(resources);
  }

  CatalogKind<?, R> kind() {
    return kind;
  }

  /**
   * Does what is to be done about a resource that nothing in the cluster stands in the way of.
   *
   * @param spec with IDs in place of names
   */
  public Outcome<R> reconcile(R resource, ObjectNode spec, Outcome.Recorder<R> recorder) {
    Optional<Link> link = connections.link(resource);
    String namespace = resource.getMetadata().getNamespace();
    String connection = resource.connection().orElseThrow();
    if (resource.reportedId().isPresent() && OBSTACLES.stream().anyMatch(resource::isReported)) {
      // What stood in its way may have hidden that it is gone.
      context.suspects().add(resource.getMetadata().getUid());
    }
    Optional<Link.State> elsewhere = link.map(Link::state).filter(to -> isElsewhere(resource, to));
    if (elsewhere.isPresent()) {
      return told(resource, elsewhere(resource, connection, elsewhere.get()), Optional.empty());
    }
    boolean settled = resource.reportedId().isPresent() && !isAsked(resource, spec);
    if (settled && resource.isReported(Reason.RemoteMissing)) {
      return told(resource, stillMissing(resource), Optional.empty());
    }
    if (settled) {
      String id = resource.reportedId().get();
      RemoteState same = RemoteOutcomes.assigned(id, resource.remote(), Optional.empty());
      return told(resource, same, Optional.empty());
    }
    if (link.isEmpty()) {
      return connections.isAbsent(namespace, connection)
          ? told(resource, absent(resource, connection), Optional.empty())
          : new Outcome<>(resource, Optional.empty(), Optional.of(MOMENT));
    }
    Link.State state = link.get().state();
    if (!state.isConnected()) {
      return told(resource, waits(resource, state.obstacle(connection)), Optional.empty());
    }
    RemoteTurn<R> turn =
        resource.reportedId().isPresent()
            ? new UpdateTurn<>(context, link.get(), state, resource, spec)
            : new CreateTurn<>(context, link.get(), state, resource, spec, recorder);
    try {
      return context.turn(resource, turn::run);
    } catch (Postponed e) {
      return postponed(turn.resource, e);
    } finally {
      forgetIfGone(resource);
    }
  }

  /** Whether it is where nothing leads any more, so that nothing can be asked of it or sent. */
  private static boolean isElsewhere(CatalogResource<?> resource, Link.State state) {
    return resource.reportedId().isPresent()
        && state.isConnected()
        && state.isOtherThan(resource.remote().namespaceId());
  }

  private RemoteState elsewhere(R resource, String connection, Link.State state) {
    if (resource.isReported(Reason.RemoteMissing)) {
      // Which is hidden now.
      context.suspects().add(resource.getMetadata().getUid());
    }
    return waits(
        resource,
        "%s %s is in Mixpeek namespace %s, and Connection %s leads to %s: let it lead there again."
            .formatted(
                kind.name(),
                resource.reportedId().orElseThrow(),
                resource.remote().namespaceId(),
                connection,
                state.namespaceId()));
  }

  /** Whether there is anything to ask or to tell about a resource that has its ID. */
  private boolean isAsked(R resource, ObjectNode spec) {
    String uid = resource.getMetadata().getUid();
    Map<String, String> applied = context.changes().applied(resource);
    return context.seen().containsKey(uid)
        || context.suspects().contains(uid)
        || applied == null
        || UpdateTurn.isToBeCompared(resource)
        || !resource.isReported(Reason.RemoteMissing)
            && !AppliedFields.changed(kind, spec, applied).isEmpty();
  }

  private Outcome<R> postponed(R resource, Postponed e) {
    Optional<Duration> again = Optional.of(e.left());
    if (e.left().compareTo(MOMENT) <= 0) {
      return new Outcome<>(resource, Optional.empty(), again);
    }
    String message =
        "It waits for its turn among the requests a minute of Connection %s, until about %s."
            .formatted(resource.connection().orElse(""), e.minute(context.timeOfDay()));
    return told(resource, RemoteState.of(resource, Reason.Throttled, message), again);
  }

  private RemoteState absent(R resource, String connection) {
    return waits(
        resource,
        "There is no Connection %s in namespace %s: this %s goes on when it appears."
            .formatted(connection, resource.getMetadata().getNamespace(), kind.name()));
  }

  /** The same after an edit, of which it is told that it was seen. */
  private RemoteState stillMissing(R resource) {
    String message = resource.ready().map(Condition::getMessage).orElse("");
    return RemoteOutcomes.missing(resource.reportedId().orElseThrow(), message, resource.remote());
  }

  private RemoteState waits(R resource, String message) {
    return RemoteState.of(resource, Reason.ConnectionNotReady, message);
  }

  private static <R> Outcome<R> told(R resource, RemoteState state, Optional<Duration> again) {
    return new Outcome<>(resource, Optional.of(state), again);
  }

  /** Whether anything goes through the Connection. */
  boolean hasAny(Link link) {
    return !resources.through(link.namespace(), link.name()).isEmpty();
  }

  /**
   * Takes note of what a list says of one.
   *
   * @param asked when the list was asked for, as waits are measured: it says nothing of what was
   *     sent since
   */
  void seen(Link link, ObjectNode content, Instant asked) {
    String id = content.path(RemoteRequest.idField(kind)).asText();
    for (R resource : resources.find(Keys.id(link.namespace(), id))) {
      if (resource.connection().equals(Optional.of(link.name()))
          && resource.reportedId().equals(Optional.of(id))) {
        String uid = resource.getMetadata().getUid();
        context.suspects().remove(uid);
        if (!context.hasSentSince(uid, asked)) {
          context.seen().put(uid, content);
          resources.wake(resource);
        }
      }
    }
  }

  /**
   * Takes note that all others were not in a list.
   *
   * @param begun at what time of day it was begun
   */
  void suspectAllBut(Link link, Set<String> ids, Instant begun) {
    for (R resource : resources.through(link.namespace(), link.name())) {
      Optional<String> id = resource.reportedId().filter(i -> !ids.contains(i));
      boolean older =
          Optional.ofNullable(resource.remote().observedAt())
              .map(Instant::parse)
              .filter(begun::isAfter)
              .isPresent();
      if (id.isPresent()
          && older
          && !resource.isReported(Reason.RemoteMissing)
          && !isElsewhere(resource, link.state())) {
        context.suspects().add(resource.getMetadata().getUid());
        resources.wake(resource);
      }
    }
  }

  private void forgetIfGone(R resource) {
    var metadata = resource.getMetadata();
    if (resource.connection().isPresent()
        && resources
            .get(metadata.getNamespace(), metadata.getName())
            .filter(now -> now.getMetadata().getUid().equals(metadata.getUid()))
            .isEmpty()) {
      context.forget(resource);
    }
  }

  /** Has all reconciled that goes through a Connection, or waits for it. */
  public void wake(String namespace, String connection) {
    woken.forEach(listener -> listener.accept(namespace, connection));
  }

  /** Has a listener wake what goes through a Connection, by namespace and name. */
  public void onWake(BiConsumer<String, String> listener) {
    woken.add(listener);
  }

  /**
   * Lets go of a resource that is being deleted, once what is to be deleted with it is.
   *
   * @param spec with IDs in place of names
   */
  public Release release(R resource, ObjectNode spec) {
    try {
      return new RemoteDeletion<>(context).release(resource, spec);
    } finally {
      forgetIfGone(resource);
    }
  }

  /**
   * A resource made of what Mixpeek says of the source of a clone.
   *
   * @throws SourceUnknownException if nothing can be said of it for now
   * @throws Postponed if it is not the clone's turn to ask
   */
  public Optional<R> source(String namespace, String connection, String clone, ObjectNode ref)
      throws SourceUnknownException {
    return new RemoteSource<>(kind, connections).find(namespace, connection, clone, ref);
  }

  /** Has nobody wait any more behind a clone that asks for nothing more. */
  public void leave(String namespace, String connection, String clone) {
    connections.leave(namespace, connection, clone);
  }
}
