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
      RemoteRequest patch = RemoteRequest.patch(kind, id, RemoteSpec.fields(spec, changed));
      Answer answer = patch(patch, changed);
      if (answer instanceof Failure failed) {
        Failure failure = meaning(failed, patch, id, changed);
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

  /** Unless a turn before did, and had to wait before it knew what the answer means. */
  private Answer patch(RemoteRequest patch, List<String> changed) {
    return context.read(
        uid,
        connected.endpoint(),
        patch,
        asked -> write(Priority.BEGIN, asked, () -> context.changes().begin(resource, changed)));
  }

  /**
   * Why it was not changed: what is not there may be something that the spec refers to, and what is
   * in the way something else than the holder of its name. Either may pass.
   */
  private Failure meaning(Failure failure, RemoteRequest patch, String id, List<String> changed) {
    if (failure.cause() == Cause.Conflict && !changed.contains(kind.nameField())) {
      return failure.as(Cause.Unavailable);
    }
    if (!Connections.isGone(failure)) {
      return failure;
    }
    try {
      return get(Priority.BEGIN, id) instanceof Failure unknown
          ? unknown
          : failure.as(Cause.Unavailable);
    } catch (Postponed e) {
      context.remember(uid, connected.endpoint(), patch, failure);
      throw e;
    }
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
