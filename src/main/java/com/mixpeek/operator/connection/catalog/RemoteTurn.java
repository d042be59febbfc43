package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.RemoteStatus;
import com.mixpeek.operator.api.RemoteStatus.Attempt;
import com.mixpeek.operator.catalog.RemoteCreation;
import com.mixpeek.operator.catalog.RemoteCreation.Step;
import com.mixpeek.operator.catalog.RemoteState;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.Link;
import com.mixpeek.operator.connection.catalog.Outcome.Recorder;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.RemoteSpec;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is done about one resource at Mixpeek in one reconciliation. */
final class RemoteTurn<R extends CatalogResource<?>> {

  private final TurnContext<R> context;
  private final CatalogKind<?, R> kind;
  private final Link link;
  private final Link.State connected;
  private final ObjectNode spec;
  private final Recorder<R> recorder;
  private final RemoteOutcomes<R> outcomes;
  private final String uid;
  private R resource;

  /**
   * @param connected where all requests of the turn go, whatever becomes of the Connection
   *     meanwhile
   */
  RemoteTurn(
      TurnContext<R> context,
      Link link,
      Link.State connected,
      R resource,
      ObjectNode spec,
      Recorder<R> recorder) {
    this.context = context;
    this.kind = context.kind();
    this.link = link;
    this.connected = connected;
    this.resource = resource;
    this.spec = spec;
    this.recorder = recorder;
    this.outcomes = new RemoteOutcomes<>(context, link, connected, spec);
    this.uid = resource.getMetadata().getUid();
  }

  /** The resource as it is by now. */
  R resource() {
    return resource;
  }

  Outcome<R> run() {
    Optional<Duration> left =
        context.retries().left(resource, link, connected.epoch(), context.now());
    if (left.isPresent()) {
      return new Outcome<>(resource, Optional.empty(), left);
    }
    Optional<String> id = resource.reportedId();
    if (id.isPresent()) {
      return keep(id.get());
    }
    if (isRefused()) {
      return new Outcome<>(resource, Optional.empty(), Optional.empty());
    }
    Optional<String> pin = resource.text(kind.idField());
    return pin.isPresent() ? adopt(pin.get()) : create();
  }

  // What has its ID.

  private Outcome<R> keep(String id) {
    Map<String, String> applied = context.changes().applied(resource);
    boolean certain = context.changes().isEmpty(resource);
    RemoteStatus remote =
        resource.remote().withApplied(applied == null ? AppliedFields.all(kind, spec) : applied);
    Optional<String> difference = Optional.empty();
    boolean missing = resource.isReported(Reason.RemoteMissing);
    JsonNode content = context.seen().get(uid);
    boolean patches =
        !AppliedFields.changed(kind, spec, remote.applied()).isEmpty() && !isRefused();
    boolean compares = !patches && isToBeCompared(resource);
    if (content == null && (compares || context.suspects().contains(uid))) {
      Answer answer = get(Priority.OBSERVE, id);
      if (answer instanceof Success success) {
        content = success.body();
      } else if (Connections.isGone((Failure) answer)) {
        missing = true;
      } else {
        return outcomes.failed(resource, (Failure) answer, remote);
      }
      context.suspects().remove(uid);
    }
    if (content != null) {
      missing = false;
      remote = RemoteReading.status(remote, content, context.timeOfDay());
      if (remote.namespaceId() == null) {
        remote = remote.withNamespaceId(connected.namespaceId());
      }
      difference = Optional.of(RemoteReading.difference(kind, spec, content));
    }
    List<String> changed = AppliedFields.changed(kind, spec, remote.applied());
    if (patches && !missing) {
      Answer answer = patch(id, changed);
      if (answer instanceof Failure failed) {
        Failure failure = ofPatch(failed, id, changed);
        if (certain && failure.nothingDone()) {
          context.changes().end(resource);
        }
        return Connections.isGone(failure)
            ? outcomes.missing(resource, remote)
            : outcomes.failed(resource, failure, afterFailure(failure, remote, changed));
      }
      JsonNode now = ((Success) answer).body();
      Map<String, String> all = AppliedFields.all(kind, spec);
      if (all.equals(resource.remote().applied())) {
        context.changes().end(resource);
      }
      remote = RemoteReading.status(remote.withApplied(all), now, context.timeOfDay());
      difference = Optional.of(RemoteReading.difference(kind, spec, now));
      changed = List.of();
    }
    // Only now, as a request that had to wait would have lost it.
    context.seen().remove(uid, content);
    if (!isRefused()) {
      context.retries().end(resource);
    }
    if (missing) {
      return outcomes.missing(resource, remote);
    }
    if (!changed.isEmpty()) {
      return outcomes.told(resource, new RemoteState(id, reason(), message(), remote, difference));
    }
    return outcomes.told(resource, RemoteOutcomes.assigned(id, remote, difference));
  }

  private Answer patch(String id, List<String> changed) {
    RemoteRequest patch = RemoteRequest.patch(kind, id, RemoteSpec.fields(spec, changed));
    return write(Priority.BEGIN, patch, () -> context.changes().begin(resource, changed));
  }

  /**
   * Why it was not changed: what is not there may be something that the spec refers to, and what is
   * in the way something else than the holder of its name.
   */
  private Failure ofPatch(Failure failure, String id, List<String> changed) {
    if (failure.cause() == Cause.Conflict && !changed.contains(kind.nameField())) {
      return failure.as(Cause.Unavailable);
    }
    if (!Connections.isGone(failure)) {
      return failure;
    }
    return get(Priority.BEGIN, id) instanceof Failure unknown ? unknown : failure.as(Cause.Refused);
  }

  /** What may have been changed counts as sent no longer: it is sent again, even if edited back. */
  private static RemoteStatus afterFailure(
      Failure failure, RemoteStatus remote, List<String> changed) {
    return failure.nothingDone()
        ? remote
        : remote.withApplied(AppliedFields.without(remote.applied(), changed));
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
    Answer answer = get(Priority.BEGIN, pin);
    if (answer instanceof Success success) {
      return outcomes.assigned(resource, success.body(), AppliedFields.all(kind, spec));
    }
    return Connections.isGone((Failure) answer)
        ? outcomes.pinMissing(resource, pin)
        : outcomes.failed(resource, (Failure) answer, resource.remote());
  }

  // What is to be made.

  private Outcome<R> create() {
    RemoteStatus remote = resource.remote();
    Attempt attempt = remote.attempt();
    boolean unsent = context.isUnsent(uid, attempt);
    if (unsent
        && context.isFresh(uid)
        && attempt.isIn(connected.namespaceId())
        && Objects.equals(attempt.generation(), resource.getMetadata().getGeneration())) {
      RemoteMaking<R> making = context.making(resource, spec, attempt);
      return make(making, new Step.Begin(making.attempt().orElseThrow()), false, remote);
    }
    if (unsent) {
      attempt = null;
    }
    if (attempt != null && !attempt.isIn(connected.namespaceId())) {
      return outcomes.elsewhere(resource, attempt);
    }
    RemoteMaking<R> making = context.making(resource, spec, attempt);
    Priority priority = attempt == null ? Priority.BEGIN : Priority.CONTINUE;
    Optional<Failure> failure =
        making.lookUp(
            request ->
                context.read(uid, connected.endpoint(), request, asked -> send(priority, asked)));
    if (failure.isPresent()) {
      return outcomes.failed(resource, failure.get(), remote);
    }
    Step step = making.next();
    if (step instanceof Step.NameTaken taken) {
      return outcomes.conflict(
          resource,
          "The %s %s is taken at Mixpeek by %s, which this %s did not make"
              .formatted(kind.nameField(), making.name(), taken.id(), kind.name()),
          remote.withAttempt(null));
    }
    String name = making.name();
    Optional<R> first =
        context.locked(
            name,
            () -> {
              Optional<R> other = context.before(resource, name, connected.namespaceId());
              if (other.isEmpty() && step instanceof Step.Begin begin) {
                begin(begin, name);
              }
              return other;
            });
    if (first.isPresent()) {
      return outcomes.behind(resource, first.get(), name);
    }
    if (step instanceof Step.TakeOver ours) {
      JsonNode content = making.found(ours.id()).content();
      return outcomes.assigned(resource, content, making.applied(content));
    }
    if (step instanceof Step.Begin) {
      making = context.making(resource, spec, resource.remote().attempt());
    }
    return make(making, step, context.hasArrived(uid), resource.remote());
  }

  /** Records that the name is asked for, before it is. */
  private void begin(Step.Begin begin, String name) {
    Attempt begun =
        new Attempt(
            begin.attempt().since().toString(),
            name,
            resource.getMetadata().getGeneration(),
            connected.namespaceId());
    resource =
        recorder.record(
            resource,
            RemoteState.of(
                resource,
                Reason.Creating,
                "It is being created at Mixpeek.",
                resource.remote().withAttempt(begun)));
    context.recorded(uid, begun);
  }

  /**
   * @param arrived whether all that was sent before had taken effect when the name was looked up
   */
  private Outcome<R> make(RemoteMaking<R> making, Step step, boolean arrived, RemoteStatus remote) {
    Answer answer = write(Priority.CONTINUE, making.request(), () -> {});
    if (answer instanceof Success success) {
      JsonNode made = making.made(success.body());
      return made.path(RemoteRequest.idField(kind)).asText("").isEmpty()
          ? outcomes.later(
              resource,
              Reason.Creating,
              "The Mixpeek API did not say what it made.",
              remote,
              Duration.ZERO)
          : outcomes.assigned(resource, made, making.applied(made));
    }
    Failure failure = (Failure) answer;
    boolean settled =
        RemoteCreation.isSettled(step, failure.nothingDone())
            || arrived && failure.cause() == Cause.Refused;
    // Whether an earlier request was refused, too, is not known.
    RemoteStatus after = settled ? remote.withAttempt(null) : remote;
    boolean looks = failure.cause() == Cause.Conflict || failure.cause() == Cause.Refused;
    return looks && !settled
        ? outcomes.later(
            resource,
            Reason.Creating,
            failure.message(),
            after,
            failure.cause() == Cause.Conflict ? Duration.ZERO : context.connections().onItsWay())
        : outcomes.failed(resource, failure, after);
  }

  /** Whether this very spec was refused where it would be sent, so that it would be again. */
  private boolean isRefused() {
    return resource.isReported(Reason.Refused)
        && Objects.equals(
            resource.getStatus().getObservedGeneration(), resource.getMetadata().getGeneration())
        && (resource.reportedId().isPresent()
            || !connected.isOtherThan(resource.remote().namespaceId()))
        && !context.retries().isOfElsewhere(resource, link, connected.epoch());
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

  private Answer get(Priority priority, String id) {
    return RemoteLookUp.byId(kind, id, request -> send(priority, request));
  }

  private Answer write(Priority priority, RemoteRequest request, Runnable onSend) {
    Runnable sends =
        () -> {
          onSend.run();
          context.sends(uid);
        };
    Answer answer =
        context.connections().send(link, connected.endpoint(), uid, priority, request, sends);
    context.answered(uid);
    return answer;
  }

  private Answer send(Priority priority, RemoteRequest request) {
    return context.connections().send(link, connected.endpoint(), uid, priority, request);
  }
}
