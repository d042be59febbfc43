package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.Verdict.Blocked;
import com.mixpeek.operator.clone.Verdict.HasTarget;
import java.time.Instant;
import java.util.Optional;

/** Says a verdict in a clone's status. Pure: the clone is only read. */
public final class StatusLogic {

  private StatusLogic() {}

  /** What is to be reported of the verdict, empty where nothing that was reported changes. */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>> Optional<CloneStatus> of(
      CatalogKind<C, R> kind, C clone, Verdict<R> verdict, Instant now) {
    if (verdict instanceof HasTarget<R> result) {
      return Optional.of(of(kind, clone, result, now));
    }
    return verdict instanceof Blocked<R> blocked
        ? Optional.of(of(kind, clone, blocked, now))
        : Optional.empty();
  }

  /** The status of a clone whose own target is there. */
  private static <C extends CloneResource<?>, R extends CatalogResource<?>> CloneStatus of(
      CatalogKind<C, R> kind, C clone, HasTarget<R> result, Instant now) {
    CloneStatus status = start(kind, clone, result.reason(), result.message(), now);
    CloneStatus before = clone.getStatus();
    R target = result.target();
    String told = before == null ? null : before.id();
    status.id(told != null ? told : target.reportedId().orElse(null));
    status.setTargetName(target.getMetadata().getName());
    status.setSourceName(target.annotation(Annotations.SOURCE_NAME).orElse(null));
    status.sourceId(target.annotation(Annotations.SOURCE_ID).orElse(null));
    status.setSourceGeneration(
        number(target.annotation(Annotations.SOURCE_GENERATION).orElse(null)));
    if (clone.hasTarget()) {
      keepCopied(before, status);
    }
    status.setOverriddenFields(Overlay.overridden(kind, clone.getSpec().getOverrides()));
    return status;
  }

  /** The status of a clone that has no target; what was told of one that it made is kept. */
  private static <C extends CloneResource<?>, R extends CatalogResource<?>> CloneStatus of(
      CatalogKind<C, R> kind, C clone, Blocked<R> blocked, Instant now) {
    CloneStatus status = start(kind, clone, blocked.reason(), blocked.message(), now);
    CloneStatus before = clone.getStatus();
    if (clone.hasTarget()) {
      status.id(before.id());
      status.setTargetName(before.getTargetName());
      status.setOverriddenFields(before.getOverriddenFields());
      keepCopied(before, status);
    } else if (blocked.tried() != null) {
      status.setSourceName(blocked.tried().getMetadata().getName());
      status.sourceId(blocked.tried().reportedId().orElse(null));
      status.setSourceGeneration(blocked.tried().getMetadata().getGeneration());
    }
    return status;
  }

  private static CloneStatus start(
      CatalogKind<?, ?> kind, CloneResource<?> clone, Reason reason, String message, Instant now) {
    CloneStatus status = kind.newCloneStatus().get();
    Long generation = clone.getMetadata().getGeneration();
    status.setObservedGeneration(generation);
    status.setConditions(Conditions.of(clone.getStatus(), reason, message, generation, now));
    if (clone.getStatus() != null) {
      clone.getStatus().unknown().forEach(status::unknown);
    }
    return status;
  }

  /** Once told, what was copied stays as it was told, whatever becomes of the target's marks. */
  private static void keepCopied(CloneStatus before, CloneStatus status) {
    status.setSourceName(before.getSourceName());
    status.sourceId(before.sourceId());
    status.setSourceGeneration(before.getSourceGeneration());
  }

  private static Long number(String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
