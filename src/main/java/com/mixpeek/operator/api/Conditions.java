package com.mixpeek.operator.api;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The conditions of all kinds: Ready always, Stalled only while a person must act, ReferencesValid
 * only where something is referred to by name, InSync only of what is at Mixpeek.
 */
public final class Conditions {

  public static final String READY = "Ready";
  public static final String REFERENCES_VALID = "ReferencesValid";
  public static final String IN_SYNC = "InSync";
  public static final String STALLED = "Stalled";

  private Conditions() {}

  /**
   * The conditions that say this reason, in the order of their types.
   *
   * @param before the status as it was, null if there was none: a transition time only moves when
   *     the condition's status does
   * @param generation the resource's {@code metadata.generation} that is spoken of
   */
  public static List<Condition> of(
      ReportedStatus before, Reason reason, String message, Long generation, Instant now) {
    String word = reason.name();
    String status = reason.ready() ? "True" : "False";
    Condition ready = condition(READY, before, status, word, message, generation, now);
    return reason.stalled()
        ? List.of(ready, condition(STALLED, before, "True", word, message, generation, now))
        : List.of(ready);
  }

  /** Says whether what references by name were resolved to is still there. */
  public static Condition referencesValid(
      ReportedStatus before,
      boolean valid,
      String reason,
      String message,
      Long generation,
      Instant now) {
    String status = valid ? "True" : "False";
    return condition(REFERENCES_VALID, before, status, reason, message, generation, now);
  }

  /**
   * Says whether what Mixpeek holds is what the spec says.
   *
   * @param status {@code True}, {@code False} or {@code Unknown}
   */
  public static Condition inSync(
      ReportedStatus before,
      String status,
      String reason,
      String message,
      Long generation,
      Instant now) {
    return condition(IN_SYNC, before, status, reason, message, generation, now);
  }

  private static Condition condition(
      String type,
      ReportedStatus before,
      String status,
      String reason,
      String message,
      Long generation,
      Instant now) {
    String since =
        Optional.ofNullable(before)
            .flatMap(b -> b.condition(type))
            .filter(c -> status.equals(c.getStatus()))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }
}
