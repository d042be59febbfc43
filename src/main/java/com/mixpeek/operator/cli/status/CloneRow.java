package com.mixpeek.operator.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.cluster.Health;
import com.mixpeek.operator.cli.terminal.TerminalText;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A clone as a person asks after it. All text can be shown on a terminal as it is.
 *
 * @param kind in lower case
 * @param source what the clone's reference says, by name, catalog name or ID
 * @param target {@code metadata.name} of what is made, or to be made
 * @param id empty until it is known
 * @param reason the Ready condition's; empty while the operator has not seen the clone as it is
 * @param since when Ready took its status; of what the operator has not seen, when it was written;
 *     null if not known
 * @param message the Ready condition's; empty where there is none
 */
public record CloneRow(
    String kind,
    String namespace,
    String name,
    String source,
    String target,
    String id,
    Health health,
    String reason,
    Instant since,
    String message) {

  /** Those that need a person first, those that are done last, each by name. */
  static final Comparator<CloneRow> URGENT_FIRST =
      Comparator.comparing(CloneRow::health)
          .thenComparing(CloneRow::namespace)
          .thenComparing(CloneRow::kind)
          .thenComparing(CloneRow::name);

  /** For how long an operator that runs may not have seen a clone. */
  private static final Duration GLANCE = Duration.ofSeconds(10);

  public static CloneRow of(CloneResource<?> clone) {
    CloneStatus status = clone.getStatus();
    Optional<Condition> ready = clone.ready();
    boolean seen =
        ready.isPresent()
            && Objects.equals(status.getObservedGeneration(), clone.getMetadata().getGeneration());
    String reason = seen ? TerminalText.clean(ready.get().getReason()) : "";
    return new CloneRow(
        clone.getKind().toLowerCase(Locale.ROOT),
        TerminalText.clean(clone.getMetadata().getNamespace()),
        TerminalText.clean(clone.getMetadata().getName()),
        TerminalText.clean(source(clone)),
        TerminalText.clean(clone.targetName()),
        TerminalText.clean(status == null ? null : status.id()),
        seen ? Health.of(Optional.of(status)) : Health.PROGRESSING,
        reason,
        since(clone, ready, seen),
        TerminalText.clean(ready.map(Condition::getMessage).orElse("")));
  }

  private static Instant since(CloneResource<?> clone, Optional<Condition> ready, boolean seen) {
    Optional<Instant> changed = seen || ready.isEmpty() ? Optional.empty() : changed(clone);
    return changed
        .or(() -> ready.flatMap(c -> instant(c.getLastTransitionTime())))
        .or(() -> instant(clone.getMetadata().getCreationTimestamp()))
        .orElse(null);
  }

  /** When anything but the status was last written. */
  private static Optional<Instant> changed(CloneResource<?> clone) {
    return clone.getMetadata().getManagedFields().stream()
        .filter(m -> m.getSubresource() == null || m.getSubresource().isEmpty())
        .flatMap(m -> instant(m.getTime()).stream())
        .max(Comparator.naturalOrder());
  }

  private static String source(CloneResource<?> clone) {
    JsonNode reference = clone.getSpec().getSourceRef();
    return reference != null && reference.elements().hasNext()
        ? reference.elements().next().asText()
        : "";
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The clone with a sentence more on what it waits for, as {@link WaitingChains#root} has it. */
  public CloneRow saying(String sentence) {
    String more = (message + " " + TerminalText.clean(sentence)).strip();
    Health now = sentence.startsWith(WaitingChains.CIRCLE) ? Health.DEGRADED : health;
    return new CloneRow(kind, namespace, name, source, target, id, now, reason, since, more);
  }

  /** Kind and name, as kubectl takes them. */
  public String qualifiedName() {
    return kind + "/" + name;
  }

  public boolean seen() {
    return !reason.isEmpty();
  }

  /** What it waits for and what to do about it, in sentences. */
  public String explanation(Instant now) {
    if (seen()) {
      return (message + " " + remedy()).strip();
    }
    boolean overdue = since != null && since.plus(GLANCE).isBefore(now);
    if (message.isEmpty()) {
      return "The operator has not seen it yet"
          + (overdue
              ? " (for %s): is it running in this cluster?".formatted(Age.of(since, now))
              : ".");
    }
    return "The operator has not seen its latest change yet"
        + (overdue ? ": is it running in this cluster?" : ".")
        + " Before that change: "
        + message;
  }

  /** What to do about the reason, where the condition's message does not say it. */
  private String remedy() {
    if (message.contains(WaitingChains.ROOT) || message.contains(WaitingChains.CIRCLE)) {
      return "";
    }
    return switch (Reason.named(reason).orElse(Reason.Cloned)) {
      case SourceNotFound -> "If it is not on its way, create it or correct spec.sourceRef.";
      case SourceNotReady ->
          message.contains("Mixpeek") || message.contains("Connection ")
              ? ""
              : "If that lasts, kubectl describe shows what the source says.";
      case TargetPending ->
          message.endsWith("waits for its ID.")
              ? "If that lasts, the operator's log says why."
              : "";
      case CreateRefused -> "Lift what refuses it: a quota, a missing right, a webhook.";
      default -> "";
    };
  }
}
