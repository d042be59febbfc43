package com.mixpeek.operator.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.JsonObject;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.RemoteStatus;
import com.mixpeek.operator.api.RemoteStatus.Attempt;
import com.mixpeek.operator.catalog.RemoteCreation;
import com.mixpeek.operator.catalog.RemoteCreation.Step;
import com.mixpeek.operator.catalog.RemoteState;
import com.mixpeek.operator.connection.Outcome.Recorder;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.RemoteSpec;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is done about one resource at Mixpeek in one reconciliation. */
final class RemoteTurn<R extends CatalogResource<?>> {

  private final TurnContext<R> context;
  private final CatalogKind<?, R> kind;
  private final Link link;
  private final ObjectNode spec;
  private final Recorder<R> recorder;
  private final String uid;
  private R resource;

  RemoteTurn(TurnContext<R> context, Link link, R resource, ObjectNode spec, Recorder<R> recorder) {
    this.context = context;
    this.kind = context.kind();
    this.link = link;
    this.resource = resource;
    this.spec = spec;
    this.recorder = recorder;
    this.uid = resource.getMetadata().getUid();
  }

  /** The resource as it is by now. */
  R resource() {
    return resource;
  }

  Outcome<R> run() {
    Optional<Duration> left = context.retries().left(resource, link, context.clock().instant());
    if (left.isPresent()) {
      return new Outcome<>(resource, Optional.empty(), left);
    }
    Optional<String> id = resource.reportedId();
    if (id.isPresent()) {
      return keep(id.get());
    }
    if (isTold(Reason.Refused)) {
      return new Outcome<>(resource, Optional.empty(), Optional.empty());
    }
    Optional<String> pin = resource.text(kind.idField());
    return pin.isPresent() ? adopt(pin.get()) : create();
  }

  // What has its ID.

  private Outcome<R> keep(String id) {
    RemoteStatus remote = resource.remote();
    if (remote.applied() == null) {
      remote = remote.withApplied(AppliedFields.all(kind, spec));
    }
    Optional<String> difference = Optional.empty();
    boolean missing = resource.isReported(Reason.RemoteMissing);
    JsonNode content = context.seen().get(uid);
    boolean patches =
        !AppliedFields.changed(kind, spec, remote.applied()).isEmpty()
            && !isTold(Reason.Refused)
            && !isTold(Reason.NameConflict);
    boolean compares = !patches && isToBeCompared(resource);
    if (content == null && (compares || context.suspects().contains(uid))) {
      Answer answer = send(Priority.OBSERVE, RemoteRequest.get(kind, id));
      if (answer instanceof Success success) {
        content = success.body();
      } else if (isGone((Failure) answer)) {
        missing = true;
      } else {
        return failed((Failure) answer, remote);
      }
      context.suspects().remove(uid);
    }
    if (content != null) {
      missing = false;
      remote = read(remote, content);
      difference = Optional.of(difference(content));
    }
    List<String> changed = AppliedFields.changed(kind, spec, remote.applied());
    if (patches && !missing) {
      ObjectNode changes = RemoteSpec.fields(spec, changed);
      Answer answer = send(Priority.BEGIN, RemoteRequest.patch(kind, id, changes));
      if (answer instanceof Failure failure) {
        return isGone(failure) ? told(missing(id, remote, difference)) : failed(failure, remote);
      }
      JsonNode now = ((Success) answer).body();
      remote = read(remote.withApplied(AppliedFields.all(kind, spec)), now);
      difference = Optional.of(difference(now));
      changed = List.of();
    }
    // Only now, as a request that had to wait would have lost it.
    context.seen().remove(uid, content);
    context.retries().end(resource);
    if (missing) {
      return told(missing(id, remote, difference));
    }
    if (!changed.isEmpty()) {
      return told(new RemoteState(id, reason(), message(), remote, difference));
    }
    return told(assigned(id, remote, difference));
  }

  private RemoteState missing(String id, RemoteStatus remote, Optional<String> difference) {
    return new RemoteState(
        id,
        Reason.RemoteMissing,
        ("%s %s is no longer at Mixpeek. It is not made again, for that would be another, empty one"
                + " under another ID: delete this %s, and apply it again without the ID if a new"
                + " one is wanted.")
            .formatted(kind.name(), id, kind.name()),
        remote,
        difference);
  }

  /** Whether the spec was changed since it was compared with what Mixpeek holds. */
  static boolean isToBeCompared(CatalogResource<?> resource) {
    return !resource.isReported(Reason.RemoteMissing)
        && resource
            .getStatus()
            .condition(Conditions.IN_SYNC)
            .filter(
                told ->
                    !"Unknown".equals(told.getStatus())
                        && Objects.equals(
                            told.getObservedGeneration(), resource.getMetadata().getGeneration()))
            .isEmpty();
  }

  // What is there already.

  private Outcome<R> adopt(String pin) {
    Answer answer = send(Priority.BEGIN, RemoteRequest.get(kind, pin));
    if (answer instanceof Success success) {
      return assigned(success.body(), AppliedFields.all(kind, spec));
    }
    if (!isGone((Failure) answer)) {
      return failed((Failure) answer, resource.remote());
    }
    Instant until = pause(Retries.spread(Duration.ofMinutes(10)));
    return told(
        new RemoteState(
            null,
            Reason.RemoteMissing,
            "There is no %s %s in the Mixpeek namespace of Connection %s: correct spec.%s, or the"
                    .formatted(kind.name(), pin, link.name(), kind.idField())
                + " Connection.",
            resource.remote(),
            Optional.empty()),
        until);
  }

  // What is to be made.

  private Outcome<R> create() {
    RemoteStatus remote = resource.remote();
    Attempt attempt = remote.attempt();
    RemoteMaking<R> making = new RemoteMaking<>(kind, resource, spec, attempt);
    if (attempt != null && attempt.equals(context.unsent().get(uid))) {
      return make(making, new Step.Begin(making.attempt().orElseThrow()), remote);
    }
    Priority priority = attempt == null ? Priority.BEGIN : Priority.CONTINUE;
    RemoteLookUp lookUp = RemoteLookUp.of(kind, making.name(), request -> send(priority, request));
    if (lookUp.failure().isPresent()) {
      return failed(lookUp.failure().get(), remote);
    }
    if (attempt != null && !lookUp.found().isEmpty() && making.source().isPresent()) {
      Answer source = send(priority, RemoteRequest.get(kind, making.source().get()));
      if (source instanceof Success success) {
        making.sourceHolds(success.body());
      } else if (!isGone((Failure) source)) {
        return failed((Failure) source, remote);
      }
    }
    Step step =
        RemoteCreation.next(
            making.attempt(), lookUp.found(), making::isMade, lookUp.serverTime().orElseThrow());
    if (step instanceof Step.TakeOver ours) {
      JsonNode content =
          lookUp.found().stream()
              .filter(found -> found.id().equals(ours.id()))
              .findFirst()
              .orElseThrow()
              .content();
      return assigned(content, making.applied());
    }
    if (step instanceof Step.NameTaken taken) {
      return conflict(
          "The %s %s is taken at Mixpeek by %s, which this %s did not make"
              .formatted(kind.nameField(), making.name(), taken.id(), kind.name()),
          remote.withAttempt(null));
    }
    if (step instanceof Step.Begin begin) {
      Attempt begun =
          new Attempt(
              begin.attempt().since().toString(),
              making.name(),
              resource.getMetadata().getGeneration());
      remote = remote.withAttempt(begun);
      resource =
          recorder.record(
              resource,
              new RemoteState(
                  null,
                  Reason.Creating,
                  "It is being created at Mixpeek.",
                  remote,
                  Optional.empty()));
      context.unsent().put(uid, begun);
      making = new RemoteMaking<>(kind, resource, spec, begun);
    }
    return make(making, step, remote);
  }

  private Outcome<R> make(RemoteMaking<R> making, Step step, RemoteStatus remote) {
    Answer answer = send(Priority.CONTINUE, making.request());
    context.unsent().remove(uid);
    if (answer instanceof Success success) {
      JsonNode made = making.made(success.body());
      if (!made.path(RemoteRequest.idField(kind)).asText("").isEmpty()) {
        return assigned(made, making.applied());
      }
      return told(
          waits(Reason.Creating, "The Mixpeek API did not say what it made.", remote),
          pause(Duration.ZERO));
    }
    Failure failure = (Failure) answer;
    boolean settled = RemoteCreation.isSettled(step, failure.cause().nothingDone());
    RemoteStatus after = settled ? remote.withAttempt(null) : remote;
    if (failure.cause() == Cause.Conflict) {
      return settled
          ? conflict(failure.message(), after)
          : told(waits(Reason.Creating, failure.message(), after), pause(Duration.ZERO));
    }
    // Whether an earlier request was refused, too, is not known.
    return failed(failure, after);
  }

  private Outcome<R> conflict(String said, RemoteStatus remote) {
    Instant until = pause(Retries.spread(Duration.ofMinutes(10)));
    return told(
        new RemoteState(
            resource.reportedId().orElse(null),
            Reason.NameConflict,
            ("%s: give it another %s, rename the other one, or take that over by its ID in spec.%s.")
                .formatted(said.replaceFirst("\\.$", ""), kind.nameField(), kind.idField()),
            remote,
            Optional.empty()),
        until);
  }

  // What is said.

  private Outcome<R> assigned(JsonNode content, Map<String, String> applied) {
    context.retries().end(resource);
    context.seen().remove(uid);
    RemoteStatus remote = read(RemoteStatus.NONE.withApplied(applied), content);
    String id = content.path(RemoteRequest.idField(kind)).asText();
    boolean more = !AppliedFields.changed(kind, spec, applied).isEmpty();
    return new Outcome<>(
        resource,
        // What a request to create it cannot carry is sent next, and compared after that.
        Optional.of(
            assigned(id, remote, more ? Optional.empty() : Optional.of(difference(content)))),
        more ? Optional.of(Duration.ofMillis(1)) : Optional.empty());
  }

  private static RemoteState assigned(String id, RemoteStatus remote, Optional<String> difference) {
    return new RemoteState(
        id, Reason.Assigned, "The ID is " + id + ".", remote.withAttempt(null), difference);
  }

  /** What a request that failed means for the resource, and when it is tried again. */
  private Outcome<R> failed(Failure failure, RemoteStatus remote) {
    String words = failure.message();
    boolean made = resource.reportedId().isPresent();
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    Duration tenMinutes = Retries.spread(Duration.ofMinutes(10));
    return switch (failure.cause()) {
      case Refused -> told(waits(Reason.Refused, words + " Correct the spec.", remote));
      case Conflict -> conflict(words, remote);
      case Unauthorized ->
          // It goes on sooner, should the Connection come to work again.
          told(
              waits(
                  Reason.ConnectionNotReady,
                  "%s It goes on once Connection %s has a valid key.".formatted(words, link.name()),
                  remote),
              pause(asked));
      case Forbidden ->
          later(
              Reason.ConnectionNotReady,
              "%s Give the key of Connection %s that permission.".formatted(words, link.name()),
              remote,
              tenMinutes);
      case QuotaExceeded ->
          later(Reason.QuotaExceeded, words, remote, asked.isZero() ? tenMinutes : asked);
      case NotFound ->
          Connections.isOfNamespace(failure)
              ? told(waits(Reason.ConnectionNotReady, words, remote))
              : later(
                  made ? Reason.ConnectionNotReady : Reason.Creating, words, remote, tenMinutes);
      case Throttled -> later(Reason.Throttled, words, remote, asked);
      default -> later(made ? Reason.ConnectionNotReady : Reason.Creating, words, remote, asked);
    };
  }

  private Outcome<R> later(Reason reason, String words, RemoteStatus remote, Duration least) {
    Instant until = pause(least);
    return told(
        waits(
            reason,
            "%s It is tried again at %s.".formatted(words, until.truncatedTo(ChronoUnit.SECONDS)),
            remote),
        until);
  }

  private RemoteState waits(Reason reason, String message, RemoteStatus remote) {
    return new RemoteState(
        resource.reportedId().orElse(null), reason, message, remote, Optional.empty());
  }

  private Outcome<R> told(RemoteState state) {
    return new Outcome<>(resource, Optional.of(state), Optional.empty());
  }

  private Outcome<R> told(RemoteState state, Instant until) {
    Duration left = Duration.between(context.clock().instant(), until);
    return new Outcome<>(
        resource,
        Optional.of(state),
        Optional.of(left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left));
  }

  private Instant pause(Duration least) {
    return context.retries().pause(resource, link, least, context.clock().instant());
  }

  // What is read.

  /** The same as it was where nothing but the time of reading would change. */
  private RemoteStatus read(RemoteStatus before, JsonNode content) {
    RemoteStatus now =
        new RemoteStatus(
            JsonObject.of(content.path("input_schema")),
            JsonObject.of(content.path("output_schema")),
            number(content.path("document_count")),
            content.path("created_at").asText(null),
            number(content.path("version")),
            content.path("ready").isBoolean() ? content.path("ready").asBoolean() : null,
            before.observedAt(),
            before.attempt(),
            before.applied());
    return now.equals(before)
        ? before
        : now.withObservedAt(context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private String difference(JsonNode content) {
    List<String> fields = RemoteSpec.differences(kind, spec, content);
    return fields.isEmpty()
        ? ""
        : ("Mixpeek holds something else than the spec says in %s: nothing is changed back; correct"
                + " the spec, or what is there.")
            .formatted(String.join(", ", fields));
  }

  private boolean isGone(Failure failure) {
    return failure.cause() == Cause.NotFound && !Connections.isOfNamespace(failure);
  }

  /** Whether the reason was told of this very spec, so that asking again would change nothing. */
  private boolean isTold(Reason reason) {
    return resource.isReported(reason)
        && Objects.equals(
            resource.getStatus().getObservedGeneration(), resource.getMetadata().getGeneration());
  }

  private Reason reason() {
    return resource
        .ready()
        .flatMap(ready -> Reason.named(ready.getReason()))
        .orElse(Reason.Assigned);
  }

  private String message() {
    return resource.ready().map(ready -> ready.getMessage()).orElse("");
  }

  private Answer send(Priority priority, RemoteRequest request) {
    return context.connections().send(link, uid, priority, request);
  }

  private static Long number(JsonNode value) {
    return value.isNumber() ? value.asLong() : null;
  }
}
