package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogResource;
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
import com.mixpeek.operator.remote.Ticket.Priority;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Makes a resource at Mixpeek, once, or takes over what is there under the ID that it pins. */
final class CreateTurn<R extends CatalogResource<?>> extends RemoteTurn<R> {

  private final Recorder<R> recorder;

  CreateTurn(
      TurnContext<R> context,
      Link link,
      Link.State connected,
      R resource,
      ObjectNode spec,
      Recorder<R> recorder) {
    super(context, link, connected, resource, spec);
    this.recorder = recorder;
  }

  @Override
  Outcome<R> proceed() {
    if (isRefused()) {
      return new Outcome<>(resource, Optional.empty(), Optional.empty());
    }
    return resource.text(kind.idField()).map(this::adopt).orElseGet(this::create);
  }

  private Outcome<R> adopt(String pin) {
    Answer answer = get(Priority.BEGIN, pin);
    if (answer instanceof Success success) {
      return outcomes.assigned(resource, success.body(), AppliedFields.all(kind, spec));
    }
    return Connections.isGone((Failure) answer)
        ? outcomes.pinMissing(resource, pin)
        : outcomes.failed(resource, (Failure) answer, resource.remote());
  }

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
    Optional<ObjectMeta> rival =
        Optional.ofNullable(attempt)
            .flatMap(asked -> context.peers().firstRival(kind, resource, asked));
    Step step = making.next();
    if (step instanceof Step.NameTaken taken) {
      return outcomes.conflict(
          resource,
          "The %s %s is taken at Mixpeek by %s, which this %s did not make"
              .formatted(kind.nameField(), making.name(), taken.id(), kind.name()),
          remote.withAttempt(null));
    }
    if (step instanceof Step.TakeOver ours) {
      JsonNode content = making.found(ours.id()).content();
      return rival.isPresent()
          ? outcomes.unclear(resource, ours.id(), rival.get())
          : outcomes.assigned(resource, content, making.applied(content));
    }
    if (step instanceof Step.Begin begin) {
      begin(begin, making.name());
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
    Answer answer = write(Priority.CONTINUE, making.request(), () -> context.asks(uid));
    if (answer instanceof Success success) {
      JsonNode made = making.made(success.body());
      return making.isNamedAsAsked(made)
          ? outcomes.assigned(resource, made, making.applied(made))
          : outcomes.later(
              resource,
              Reason.Creating,
              "The Mixpeek API did not say what it made.",
              remote,
              Duration.ZERO);
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
}
