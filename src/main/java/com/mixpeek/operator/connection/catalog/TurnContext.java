package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.RemoteStatus.Attempt;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.Postponed;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.Endpoint;
import com.mixpeek.operator.remote.RemoteRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the turns of one kind share, and what this process remembers between them, by the resources'
 * UIDs.
 */
final class TurnContext<R extends CatalogResource<?>> implements RemotePeers.Requests {

  /** So many requests may be remembered before those are forgotten that arrived long ago. */
  private static final int MANY = 1000;

  /** For so long a name that was seen to be free is taken to be so still. */
  private static final Duration FRESH = Duration.ofMinutes(2);

  private final CatalogKind<?, R> kind;
  private final Connections connections;
  private final Clock clock;
  private final Retries retries = new Retries();
  private final Map<String, JsonNode> seen = new ConcurrentHashMap<>();
  private final Set<String> suspects = ConcurrentHashMap.newKeySet();
  private final Map<String, Unsent> unsent = new ConcurrentHashMap<>();
  private final Map<String, Instant> sent = new ConcurrentHashMap<>();
  private final Map<String, Instant> deleting = new ConcurrentHashMap<>();
  private final UnreportedChanges changes = new UnreportedChanges();
  private final RemotePeers peers;

  /** What has asked to be made, where an ID may be answered that is not in the status yet. */
  private final Set<String> asking = ConcurrentHashMap.newKeySet();

  /** The answers that turns had which wait for their next request. */
  private final Map<String, Begun> begun = new ConcurrentHashMap<>();

  private volatile Instant leadsSince;

  /**
   * A turn that may have to wait.
   *
   * @param endpoint that has answered
   * @param since when it was first asked
   */
  private record Begun(Endpoint endpoint, Instant since, Map<RemoteRequest, Answer> answers) {}

  private record Unsent(Attempt attempt, Instant recorded) {}

  TurnContext(
      CatalogKind<?, R> kind,
      Connections connections,
      Leadership leadership,
      Clock clock,
      RemotePeers peers) {
    this.kind = kind;
    this.peers = peers;
    this.connections = connections;
    this.clock = clock;
    this.leadsSince = now();
    leadership.onStart(
        () -> {
          leadsSince = now();
          // Another leader may have sent them meanwhile.
          unsent.clear();
          // What was answered before says nothing of what that leader did.
          begun.clear();
          seen.clear();
        });
  }

  /** What is to be made for a resource, or was asked for by an attempt. */
  RemoteMaking<R> making(R resource, ObjectNode spec, Attempt attempt) {
    return new RemoteMaking<>(
        kind, resource, spec, attempt, id -> peers.isOthers(kind, resource, attempt, id));
  }

  CatalogKind<?, R> kind() {
    return kind;
  }

  RemotePeers peers() {
    return peers;
  }

  Connections connections() {
    return connections;
  }

  /** The time by which waits are measured. */
  Instant now() {
    return connections.now();
  }

  /** The time of day, for people and other processes. */
  Instant timeOfDay() {
    return clock.instant();
  }

  Retries retries() {
    return retries;
  }

  UnreportedChanges changes() {
    return changes;
  }

  /** What was read at Mixpeek and is not yet told. */
  Map<String, JsonNode> seen() {
    return seen;
  }

  /** What was not in a list of all: whether it is gone is to be asked. */
  Set<String> suspects() {
    return suspects;
  }

  /** Remembers that an attempt is recorded and not yet sent. */
  void recorded(String uid, Attempt attempt) {
    unsent.put(uid, new Unsent(attempt, now()));
    begun.remove(uid);
  }

  @Override
  public boolean isUnsent(String uid, Attempt attempt) {
    Unsent known = unsent.get(uid);
    return known != null && known.attempt().equals(attempt);
  }

  /** Whether that was recorded just now. */
  boolean isFresh(String uid) {
    return Optional.ofNullable(unsent.get(uid))
        .filter(known -> known.recorded().plus(FRESH).isAfter(now()))
        .isPresent();
  }

  /** Remembers that a request that writes is being sent. */
  void sends(String uid) {
    unsent.remove(uid);
    begun.remove(uid);
    sent.put(uid, now());
    if (sent.size() > MANY) {
      Instant arrived = now().minus(connections.onItsWay());
      sent.values().removeIf(arrived::isAfter);
    }
  }

  /** Remembers that a request to make it is being sent. */
  void asks(String uid) {
    asking.add(uid);
  }

  /** Takes note that the ID is in the status. */
  void reported(String uid) {
    asking.remove(uid);
  }

  @Override
  public boolean isAsking(String uid) {
    return asking.contains(uid);
  }

  /** Remembers that it was answered: what was listed until then may be from before it. */
  void answered(String uid, Answer answer) {
    sent.put(uid, now());
    seen.remove(uid);
    if (answer instanceof Failure) {
      asking.remove(uid);
    }
  }

  /**
   * Asks, unless that was answered before the turn had to wait: where few requests may be sent it
   * would never come to the next one.
   */
  Answer read(
      String uid, Endpoint endpoint, RemoteRequest request, Function<RemoteRequest, Answer> send) {
    Map<RemoteRequest, Answer> known = begun(uid, endpoint);
    Answer answer = known.get(request);
    if (answer == null) {
      answer = send.apply(request);
      if (answer instanceof Success) {
        known.put(request, answer);
      }
    }
    return answer;
  }

  /** Remembers an answer for the next turn, which goes on with it. */
  void remember(String uid, Endpoint endpoint, RemoteRequest request, Answer answer) {
    begun(uid, endpoint).put(request, answer);
  }

  boolean remembers(String uid, Endpoint endpoint, RemoteRequest request) {
    return begun(uid, endpoint).containsKey(request);
  }

  private Map<RemoteRequest, Answer> begun(String uid, Endpoint endpoint) {
    return begun
        .compute(
            uid,
            (id, before) ->
                before != null && before.endpoint().equals(endpoint)
                    ? before
                    : new Begun(endpoint, now(), new ConcurrentHashMap<>()))
        .answers();
  }

  /** Whether all that was sent before had taken effect when the turn asked what there is. */
  boolean hasArrived(String uid) {
    Instant last = sent.getOrDefault(uid, leadsSince).plus(connections.onItsWay());
    return Optional.ofNullable(begun.get(uid))
        .filter(turn -> !turn.since().isBefore(last))
        .isPresent();
  }

  /** Runs a turn; only if it has to wait the next one goes on with the answers that it had. */
  <T> T turn(R resource, Supplier<T> turn) {
    boolean ends = true;
    asking.remove(resource.getMetadata().getUid());
    try {
      return turn.get();
    } catch (Postponed e) {
      ends = false;
      throw e;
    } finally {
      if (ends) {
        begun.remove(resource.getMetadata().getUid());
      }
    }
  }

  /** Whether something was written at Mixpeek after that. */
  boolean hasSentSince(String uid, Instant time) {
    return Optional.ofNullable(sent.get(uid)).filter(last -> !last.isBefore(time)).isPresent();
  }

  /**
   * Until when a request to create something that is being deleted may take effect: one of another
   * leader's, or of a turn that began before this was first asked.
   */
  Instant arrived(String uid) {
    Instant asked =
        deleting.computeIfAbsent(
            uid,
            first -> {
              // What was answered before says nothing of what arrives.
              begun.remove(uid);
              return now();
            });
    Instant last = sent.getOrDefault(uid, leadsSince);
    return (last.isAfter(asked) ? last : asked).plus(connections.onItsWay());
  }

  /** Forgets a resource that is gone. */
  void forget(R resource) {
    String uid = resource.getMetadata().getUid();
    connections.leave(resource);
    retries.end(resource);
    seen.remove(uid);
    suspects.remove(uid);
    unsent.remove(uid);
    sent.remove(uid);
    asking.remove(uid);
    deleting.remove(uid);
    changes.end(resource);
    begun.remove(uid);
  }
}
