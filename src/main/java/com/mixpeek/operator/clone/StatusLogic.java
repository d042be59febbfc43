package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Marks;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.Verdict.Made;
import com.mixpeek.operator.clone.Verdict.Unmade;
import java.time.Instant;
import java.util.Map;

/** Says a verdict in a clone's status. Pure: the clone is only read. */
public final class StatusLogic {

  private StatusLogic() {}

  /** The status of a clone whose own target is there. */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>> CloneStatus of(
      CatalogKind<C, R> kind, C clone, Made<R> made, Instant now) {
    CloneStatus status = start(kind, clone, made.reason(), made.message(), now);
    CloneStatus before = clone.getStatus();
    Map<String, String> marks = Ownership.annotations(made.target());
    String told = before == null ? null : before.id();
    status.id(told != null ? told : made.target().assignedId().orElse(null));
    status.setTargetName(made.target().getMetadata().getName());
    status.setSourceName(marks.get(Marks.SOURCE_NAME));
    status.sourceId(marks.get(Marks.SOURCE_ID));
    status.setSourceGeneration(number(marks.get(Marks.SOURCE_GENERATION)));
    if (CloneLogic.made(clone)) {
      keepCopied(before, status);
    }
    status.setOverriddenFields(Overlay.overridden(kind, clone.getSpec().getOverrides()));
    return status;
  }

  /** The status of a clone that has no target; what was told of one that it made is kept. */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>> CloneStatus of(
      CatalogKind<C, R> kind, C clone, Unmade<R> unmade, Instant now) {
    CloneStatus status = start(kind, clone, unmade.reason(), unmade.message(), now);
    CloneStatus before = clone.getStatus();
    if (CloneLogic.made(clone)) {
      status.id(before.id());
      status.setTargetName(before.getTargetName());
      status.setOverriddenFields(before.getOverriddenFields());
      keepCopied(before, status);
    } else if (unmade.tried() != null) {
      status.setSourceName(unmade.tried().getMetadata().getName());
      status.sourceId(unmade.tried().assignedId().orElse(null));
      status.setSourceGeneration(unmade.tried().getMetadata().getGeneration());
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
      status.unknown().putAll(clone.getStatus().unknown());
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
