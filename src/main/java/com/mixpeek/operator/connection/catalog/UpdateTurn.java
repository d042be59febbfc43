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

  private final String id;

  /** What is to be reported of Mixpeek, as far as this turn knows. */
  private RemoteStatus remote;

  private Optional<String> difference = Optional.empty();
  private boolean missing;

  UpdateTurn(TurnContext<R> context, Link link, Link.State connected, R resource, ObjectNode spec) {
    super(context, link, connected, resource, spec);
    id = resource.reportedId().orElseThrow();
    missing = resource.isReported(Reason.RemoteMissing);
    Map<String, String> applied = context.changes().applied(resource);
    remote =
        resource.remote().withApplied(applied == null ? AppliedFields.all(kind, spec) : applied);
  }

  @Override
  Outcome<R> proceed() {
    List<String> changed = AppliedFields.changed(kind, spec, remote.applied());
    boolean patches = !changed.isEmpty() && !isRefused();
    JsonNode seen = context.seen().get(uid);
    Optional<Outcome<R>> failed = observe(seen, !patches && isToBeCompared(resource));
    if (failed.isEmpty() && patches && !missing) {
      failed = patch(changed);
    }
    if (failed.isPresent()) {
      return failed.get();
    }
    // Only now, as a request that had to wait would have lost it.
    context.seen().remove(uid, seen);
    if (!isRefused()) {
      context.retries().end(resource);
    }
    if (missing) {
      return outcomes.missing(resource, remote);
    }
    return outcomes.told(
        resource,
        changed.isEmpty() || patches
            ? RemoteOutcomes.assigned(id, remote, difference)
            : new RemoteState(id, reason(), message(), remote, difference));
  }

  /**
   * Reads what is at Mixpeek, if anything asks for that.
   *
   * @param seen what a look at all resources found, null for none since the last turn
   * @return what to report where it cannot be read
   */
  private Optional<Outcome<R>> observe(JsonNode seen, boolean compares) {
    if (seen != null) {
      found(seen);
    } else if (compares || context.suspects().contains(uid)) {
      Answer answer = get(Priority.OBSERVE, id);
      if (answer instanceof Success success) {
        found(success.body());
      } else if (Connections.isGone((Failure) answer)) {
        missing = true;
      } else {
        return Optional.of(outcomes.failed(resource, (Failure) answer, remote));
      }
      context.suspects().remove(uid);
    }
    return Optional.empty();
  }

  private void found(JsonNode content) {
    missing = false;
    report(content);
    if (remote.namespaceId() == null) {
      remote = remote.withNamespaceId(connected.namespaceId());
    }
  }

  private void report(JsonNode content) {
    remote = RemoteReading.status(remote, content, context.timeOfDay());
    difference = Optional.of(RemoteReading.difference(kind, spec, content));
  }

  /**
   * Changes these fields at Mixpeek.
   *
   * @return what to report where they are not, or not certainly
   */
  private Optional<Outcome<R>> patch(List<String> changed) {
    boolean certain = context.changes().isEmpty(resource);
    Answer answer = change(changed);
    if (answer instanceof Failure failure) {
      if (certain && failure.nothingDone()) {
        context.changes().end(resource);
      }
      return Optional.of(
          Connections.isGone(failure)
              ? outcomes.missing(resource, remote)
              : outcomes.failed(resource, failure, afterFailure(failure, remote, changed)));
    }
    Map<String, String> all = AppliedFields.all(kind, spec);
    if (all.equals(resource.remote().applied())) {
      context.changes().end(resource);
    }
    remote = remote.withApplied(all);
    report(((Success) answer).body());
    return Optional.empty();
  }

  /**
   * Sends the changed fields, unless a turn before did that and had to wait before it knew what the
   * answer means.
   *
   * @return what is there by now; or why it was not changed
   */
  private Answer change(List<String> changed) {
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
          : changed(look(patch, answer), patch);
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
    return look(patch, answer) instanceof Failure unknown ? unknown : failure.as(Cause.Unavailable);
  }

  /** What is there, which the answer to a change leaves open. */
  private Answer look(RemoteRequest patch, Answer answer) {
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
