package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.RemoteStatus;
import com.mixpeek.operator.catalog.RemoteState;
import com.mixpeek.operator.cluster.Backoff;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.Link;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.RemoteRequest;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** What is said of a resource after a turn, and when it comes again. */
final class RemoteOutcomes<R extends CatalogResource<?>> {

  private final TurnContext<R> context;
  private final CatalogKind<?, R> kind;
  private final Link link;
  private final Link.State connected;
  private final ObjectNode spec;

  RemoteOutcomes(TurnContext<R> context, Link link, Link.State connected, ObjectNode spec) {
    this.context = context;
    this.kind = context.kind();
    this.link = link;
    this.connected = connected;
    this.spec = spec;
  }

  /** It stands for what the API says here. */
  Outcome<R> assigned(R resource, JsonNode content, Map<String, String> applied) {
    context.retries().end(resource);
    context.seen().remove(resource.getMetadata().getUid());
    RemoteStatus remote =
        RemoteReading.status(
            RemoteStatus.NONE.withApplied(applied).withNamespaceId(connected.namespaceId()),
            content,
            context.timeOfDay());
    String id = content.path(RemoteRequest.idField(kind)).asText();
    boolean more = !AppliedFields.changed(kind, spec, applied).isEmpty();
    return new Outcome<>(
        resource,
        // What a request to create it cannot carry is sent next, and compared after that.
        Optional.of(
            assigned(
                id,
                remote,
                more
                    ? Optional.empty()
                    : Optional.of(RemoteReading.difference(kind, spec, content)))),
        more ? Optional.of(Duration.ofMillis(1)) : Optional.empty());
  }

  static RemoteState assigned(String id, RemoteStatus remote, Optional<String> difference) {
    return new RemoteState(
        id, Reason.Assigned, "The ID is " + id + ".", remote.withAttempt(null), difference);
  }

  /** It was there and is gone. */
  Outcome<R> missing(R resource, RemoteStatus remote) {
    String id = resource.reportedId().orElseThrow();
    String message =
        ("%s %s is no longer in the Mixpeek namespace of Connection %s. It is not made again, for"
                + " that would be another, empty one under another ID: delete this %s, and apply it"
                + " again without the ID if a new one is wanted.")
            .formatted(kind.name(), id, link.name(), kind.name());
    return told(resource, missing(id, message, remote));
  }

  static RemoteState missing(String id, String message, RemoteStatus remote) {
    return new RemoteState(
        id, Reason.RemoteMissing, message, remote, Optional.of("Mixpeek no longer holds it."));
  }

  /** What is to be taken over is not there. */
  Outcome<R> pinMissing(R resource, String pin) {
    String message =
        "There is no %s %s in the Mixpeek namespace of Connection %s: correct spec.%s, or the Connection."
            .formatted(kind.name(), pin, link.name(), kind.idField());
    return told(
        resource,
        RemoteState.of(resource, Reason.RemoteMissing, message),
        pause(resource, Backoff.spread(Duration.ofMinutes(10))));
  }

  /** Whether an earlier request made it can only be asked where that was sent. */
  Outcome<R> elsewhere(R resource, RemoteStatus.Attempt attempt) {
    String message =
        ("Connection %s leads to another Mixpeek namespace than %s, to which a request to create"
                + " this %s was sent of which the outcome is open: let it lead there again, or"
                + " delete this %s and create it anew.")
            .formatted(link.name(), attempt.namespaceId(), kind.name(), kind.name());
    return told(resource, RemoteState.of(resource, Reason.ConnectionNotReady, message));
  }

  /** What a request that failed means for the resource, and when it is tried again. */
  Outcome<R> failed(R resource, Failure failure, RemoteStatus remote) {
    String words = failure.message();
    boolean made = resource.reportedId().isPresent();
    Duration asked = failure.pause().orElse(Duration.ZERO);
    Duration tenMinutes = Backoff.spread(Duration.ofMinutes(10));
    return switch (failure.cause()) {
      case Refused -> {
        String remedy =
            " Correct the spec, or, where that is immutable, create this %s anew."
                .formatted(kind.name());
        context.retries().refused(resource, link, connected.epoch(), context.now());
        // Until it has an ID: where it is refused.
        RemoteStatus where = made ? remote : remote.withNamespaceId(connected.namespaceId());
        yield told(resource, RemoteState.of(resource, Reason.Refused, words + remedy, where));
      }
      case Conflict -> conflict(resource, words, remote);
      case Unauthorized ->
          // It goes on sooner, should the Connection come to work again.
          told(
              resource,
              RemoteState.of(
                  resource,
                  Reason.ConnectionNotReady,
                  "%s It goes on once Connection %s has a valid key.".formatted(words, link.name()),
                  remote),
              pause(resource, asked));
      case Forbidden ->
          later(
              resource,
              Reason.ConnectionNotReady,
              "%s Give the key of Connection %s that permission.".formatted(words, link.name()),
              remote,
              tenMinutes);
      case QuotaExceeded ->
          later(resource, Reason.QuotaExceeded, words, remote, asked.isZero() ? tenMinutes : asked);
      case NotFound -> {
        boolean wholly = Connections.isOfNamespace(failure);
        yield later(
            resource,
            made || wholly ? Reason.ConnectionNotReady : Reason.Creating,
            words,
            remote,
            wholly ? asked : tenMinutes);
      }
      case Throttled -> later(resource, Reason.Throttled, words, remote, asked);
      default ->
          later(resource, made ? Reason.ConnectionNotReady : Reason.Creating, words, remote, asked);
    };
  }

  /** Somebody else has the name. */
  Outcome<R> conflict(R resource, String said, RemoteStatus remote) {
    String message =
        "%s: give it another %s, rename the other one, or take that over by its ID in spec.%s.%s"
            .formatted(
                said.replaceFirst("\\.$", ""),
                kind.nameField(),
                kind.idField(),
                resource.reportedId().isPresent()
                    ? " Two that are to swap their names need a third one in between."
                    : "");
    // Soon at first, as the holder may just be on its way to another name.
    boolean again = context.retries().isKnown(resource, link, connected.epoch());
    return told(
        resource,
        RemoteState.of(resource, Reason.NameConflict, message, remote),
        pause(resource, Backoff.spread(again ? Duration.ofMinutes(10) : Duration.ofSeconds(10))));
  }

  /** What has its name may have been made for another one of the cluster. */
  Outcome<R> unclear(R resource, String id, ObjectMeta rival) {
    String words =
        ("%s %s was made for this one or for %s in namespace %s, which asked for the same name: the"
                + " status of that one says what it waits for.")
            .formatted(kind.name(), id, rival.getName(), rival.getNamespace());
    return later(resource, Reason.Creating, words, resource.remote(), Duration.ZERO);
  }

  /** It waits for what passes, and says until when. */
  Outcome<R> later(R resource, Reason reason, String words, RemoteStatus remote, Duration least) {
    Duration left = pause(resource, least);
    Instant until = context.timeOfDay().plus(left);
    String message =
        "%s It is tried again at %s.".formatted(words, until.truncatedTo(ChronoUnit.SECONDS));
    return told(resource, RemoteState.of(resource, reason, message, remote), left);
  }

  Outcome<R> told(R resource, RemoteState state) {
    return new Outcome<>(resource, Optional.of(state), Optional.empty());
  }

  private Outcome<R> told(R resource, RemoteState state, Duration left) {
    return new Outcome<>(resource, Optional.of(state), Optional.of(left));
  }

  private Duration pause(R resource, Duration least) {
    return context.retries().pause(resource, link, connected.epoch(), least, context.now());
  }
}
