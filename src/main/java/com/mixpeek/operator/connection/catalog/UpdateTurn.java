package com.mixpeek.operator.connection.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.RemoteStatus;
import com.mixpeek.operator.catalog.RemoteState;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.Link;
import com.mixpeek.operator.connection.Postponed;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.RemoteSpec;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Changes at Mixpeek what its resource says otherwise, and reports what is found there. */
final class UpdateTurn<R extends CatalogResource<?>> extends RemoteTurn<R> {

  UpdateTurn(TurnContext<R> context, Link link, Link.State connected, R resource, ObjectNode spec) {
    super(context, link, connected, resource, spec);
  }

  @Override
  Outcome<R> proceed() {
    String id = resource.reportedId().orElseThrow();
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
      Answer answer = change(id, changed);
      if (answer instanceof Failure failure) {
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

  /**
   * Sends the changed fields, unless a turn before did that and had to wait before it knew what the
   * answer means.
   *
   * @return what is there by now; or why it was not changed
   */
  private Answer change(String id, List<String> changed) {
    RemoteRequest patch = RemoteRequest.patch(kind, id, RemoteSpec.fields(spec, changed));
    Answer answer =
        context.read(
            uid,
            connected.endpoint(),
            patch,
            asked ->
                write(Priority.BEGIN, asked, () -> context.changes().begin(resource, changed)));
    if (answer instanceof Success success) {
      return id.equals(success.body().path(RemoteRequest.idField(kind)).asText())
          ? answer
          : changed(look(id, patch, answer), patch);
    }
    Failure failure = (Failure) answer;
    if (failure.cause() == Cause.Conflict && !changed.contains(kind.nameField())) {
      // Something else than the holder of its name is in the way, which may pass.
      return failure.as(Cause.Unavailable);
    }
    if (!Connections.isGone(failure)) {
      return failure;
    }
    // What is not there may be something that the spec refers to.
    return look(id, patch, answer) instanceof Failure unknown
        ? unknown
        : failure.as(Cause.Unavailable);
  }

  /** What is there, which the answer to a change leaves open. */
  private Answer look(String id, RemoteRequest patch, Answer answer) {
    try {
      return get(Priority.BEGIN, id);
    } catch (Postponed e) {
      context.remember(uid, connected.endpoint(), patch, answer);
      throw e;
    }
  }

  private static Answer changed(Answer there, RemoteRequest patch) {
    return there instanceof Success success
            && !RemoteSpec.holds(success.body(), (ObjectNode) patch.body())
        ? new Failure(
            Cause.Unavailable,
            200,
            "The Mixpeek API does not say what it has changed.",
            Optional.empty(),
            Optional.empty())
        : there;
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

  private Reason reason() {
    return resource
        .ready()
        .flatMap(ready -> Reason.named(ready.getReason()))
        .orElse(Reason.Assigned);
  }

  private String message() {
    return resource.ready().map(ready -> ready.getMessage()).orElse("");
  }
}
