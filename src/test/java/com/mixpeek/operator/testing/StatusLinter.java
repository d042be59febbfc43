package com.mixpeek.operator.testing;

import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What holds for every status of every kind, whatever happened: each suite passes each status that
 * it sees through here, so that no test need say it again.
 */
public final class StatusLinter {

  /** What is said of a clone. */
  private static final Set<Reason> OF_CLONES = EnumSet.range(Reason.Cloned, Reason.Suspended);

  /** What is said of a Collection or Taxonomy. */
  private static final Set<Reason> OF_RESOURCES = EnumSet.range(Reason.Assigned, Reason.Throttled);

  static {
    // Something else may have the name at Mixpeek.
    OF_RESOURCES.add(Reason.NameConflict);
  }

  private static final Pattern ID = Pattern.compile("(col|tax)_[A-Za-z0-9_]+");
  private static final Pattern SECONDS =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");

  /** Beginning with a capital or with the name of a field, and ending with a full stop. */
  private static final Pattern SENTENCES =
      Pattern.compile("(?s)([A-Z]|[a-z][A-Za-z]*[.\\[]).*[^.\\s]\\.");

  private static final List<String> NOT_FOR_PEOPLE =
      List.of("Exception", "com.mixpeek", "at io.", "java.", " null ", "%s", "Optional[");

  private final CustomResource<?, ?> resource;
  private final ReportedStatus before;
  private final ReportedStatus status;
  private final List<String> problems = new ArrayList<>();

  private StatusLinter(CustomResource<?, ?> resource, ReportedStatus before, ReportedStatus now) {
    this.resource = resource;
    this.before = before;
    this.status = now;
  }

  /**
   * Fails with one line for each rule that the status breaks.
   *
   * @param resource what is reported on, in the state that the status speaks of
   * @param before its status as it was, null if it had none or that is not known
   * @param status its status as it is now
   */
  public static void check(
      CustomResource<?, ?> resource, ReportedStatus before, ReportedStatus status) {
    List<String> problems = problems(resource, before, status);
    if (!problems.isEmpty()) {
      throw new AssertionError(
          "The status of %s %s is amiss:%n%s%n%s"
              .formatted(
                  resource.getKind(),
                  resource.getMetadata().getName(),
                  String.join("\n", problems),
                  Yaml.write(Yaml.tree(status))));
    }
  }

  static List<String> problems(
      CustomResource<?, ?> resource, ReportedStatus before, ReportedStatus status) {
    StatusLinter linter = new StatusLinter(resource, before, status);
    linter.generations();
    linter.types();
    linter.conditions().forEach(linter::condition);
    linter.reason();
    linter.id();
    return linter.problems;
  }

  private List<Condition> conditions() {
    return Optional.ofNullable(status.getConditions()).orElse(List.of());
  }

  private void generations() {
    Long generation = resource.getMetadata().getGeneration();
    require(
        Objects.equals(status.getObservedGeneration(), generation),
        "observedGeneration is not metadata.generation " + generation);
    for (Condition condition : conditions()) {
      require(
          Objects.equals(condition.getObservedGeneration(), generation),
          condition.getType() + ": observedGeneration is not metadata.generation " + generation);
    }
  }

  private void types() {
    List<String> types = conditions().stream().map(Condition::getType).toList();
    require(
        types.equals(types.stream().sorted().distinct().toList()),
        "the conditions are not sorted by type, or one is there twice: " + types);
    require(types.contains(Conditions.READY), "there is no condition Ready");
  }

  private void condition(Condition condition) {
    String type = condition.getType();
    String message = Objects.requireNonNullElse(condition.getMessage(), "");
    require(
        SENTENCES.matcher(message).matches(),
        type + ": the message is not a full sentence: " + message);
    for (String word : NOT_FOR_PEOPLE) {
      require(!message.contains(word), type + ": \"" + word + "\" is not for people: " + message);
    }
    require(!message.contains("  "), type + ": something is missing in the message: " + message);
    String since = Objects.requireNonNullElse(condition.getLastTransitionTime(), "");
    require(
        SECONDS.matcher(since).matches(),
        type + ": lastTransitionTime is not RFC 3339 in seconds: " + since);
    Optional.ofNullable(before)
        .flatMap(b -> b.condition(type))
        .filter(b -> Objects.equals(b.getStatus(), condition.getStatus()))
        .ifPresent(
            b ->
                require(
                    since.equals(b.getLastTransitionTime()),
                    type + ": lastTransitionTime moved though the status did not"));
  }

  private void reason() {
    Optional<Condition> ready = status.ready();
    if (ready.isEmpty()) {
      return;
    }
    String word = ready.get().getReason();
    Optional<Reason> known =
        Arrays.stream(Reason.values()).filter(r -> r.name().equals(word)).findFirst();
    require(known.isPresent(), "the reason is not one of the documented: " + word);
    known.ifPresent(reason -> agrees(reason, ready.get()));
  }

  private void agrees(Reason reason, Condition ready) {
    require(
        (resource instanceof CloneResource ? OF_CLONES : OF_RESOURCES).contains(reason),
        "the reason is not one of this kind: " + reason);
    require(
        ready.getStatus().equals(reason.ready() ? "True" : "False"),
        "Ready is " + ready.getStatus() + " with reason " + reason);
    Optional<Condition> stalled = status.condition(Conditions.STALLED);
    require(
        stalled.isPresent() == reason.stalled(),
        "Stalled is " + (stalled.isPresent() ? "there" : "absent") + " with reason " + reason);
    stalled.ifPresent(
        s -> {
          require(s.getStatus().equals("True"), "Stalled is there and not True");
          require(
              s.getReason().equals(ready.getReason()) && s.getMessage().equals(ready.getMessage()),
              "Stalled and Ready do not say the same");
        });
    require(!reason.ready() || status.id() != null, "Ready is True and there is no ID");
    if (status instanceof CloneStatus clone) {
      require(
          reason != Reason.TargetPending || clone.getTargetName() != null,
          "TargetPending, and no targetName");
      require(
          reason != Reason.Cloned
              || (clone.getTargetName() != null
                  // A source that only Mixpeek has is no resource.
                  && (clone.getSourceName() != null || clone.sourceId() != null)
                  && clone.getOverriddenFields() != null),
          "Cloned, and one of targetName, sourceName, overriddenFields is missing");
      require(
          clone.id() == null || clone.getTargetName() != null, "there is an ID and no targetName");
    }
  }

  private void id() {
    String id = status.id();
    String prefix = resource.getKind().startsWith("Collection") ? "col_" : "tax_";
    require(
        id == null || (ID.matcher(id).matches() && id.startsWith(prefix)),
        "the ID is not one of this kind: " + id);
    require(
        before == null || before.id() == null || before.id().equals(id),
        "the ID was told, and is lost or another now: " + id);
    if (status instanceof CloneStatus now && before instanceof CloneStatus then) {
      require(
          then.getTargetName() == null || then.getTargetName().equals(now.getTargetName()),
          "targetName was told, and is lost or another now: " + now.getTargetName());
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      problems.add(otherwise);
    }
  }
}
