package com.mixpeek.operator.clone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import com.mixpeek.operator.lookup.Precedence;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a clone's conditions say: sentences that name the thing and the remedy. */
public final class Messages {

  private static final int LONGEST = 2000;

  private final CatalogKind<?, ?> kind;

  public Messages(CatalogKind<?, ?> kind) {
    this.kind = kind;
  }

  /** What was told once is said again; the target's marks, which anyone may remove, come second. */
  String cloned(CloneResource<?> clone, CatalogResource<?> target) {
    List<String> fields = Overlay.overridden(kind, clone.getSpec().getOverrides());
    CloneStatus told = clone.hasTarget() ? clone.getStatus() : kind.newCloneStatus().get();
    boolean asSpecified =
        target
            .annotation(Annotations.CLONE_DIGEST)
            .map(Digest.of(clone.getSpec())::equals)
            .orElse(true);
    return "%s %s (%s) is a copy of %s (%s)%s %s."
        .formatted(
            kind.name(),
            target.getMetadata().getName(),
            target.reportedId().orElse(""),
            Objects.requireNonNullElse(
                told.getSourceName(),
                target.annotation(Annotations.SOURCE_NAME).orElse("its source")),
            Objects.requireNonNullElse(
                told.sourceId(),
                target.annotation(Annotations.SOURCE_ID).orElse("ID not recorded")),
            Optional.<Object>ofNullable(told.getSourceGeneration())
                .or(() -> target.annotation(Annotations.SOURCE_GENERATION))
                .map(" at generation %s"::formatted)
                .orElse(""),
            asSpecified
                ? "with " + String.join(", ", fields) + " overridden"
                : "as this clone ordered it before its spec was changed: create another clone for"
                    + " the order as it is now");
  }

  String sourceNotFound(CloneResource<?> clone) {
    return "There is no %s with %s in namespace %s yet: the clone goes on when it appears."
        .formatted(kind.name(), reference(clone), clone.getMetadata().getNamespace());
  }

  String sourceNotAtMixpeek(CloneResource<?> clone, String connection) {
    return ("There is no %s with %s in namespace %s, nor at Mixpeek through Connection %s: the clone"
            + " goes on when it appears.")
        .formatted(kind.name(), reference(clone), clone.getMetadata().getNamespace(), connection);
  }

  String otherConnection(CloneResource<?> clone, CatalogResource<?> source) {
    return ("spec.connectionRef names Connection %s, but the source %s %s: leave it out, as a clone"
            + " goes where its source is.")
        .formatted(
            clone.getSpec().getConnectionRef().name(),
            named(source),
            source
                .connection()
                .map(name -> "has Connection " + name)
                .orElse("lives in the cluster"));
  }

  /** That the source has no ID yet, or is being deleted, and what the clone waits for. */
  public String sourceNotReady(CatalogResource<?> source) {
    return source.isMarkedForDeletion()
        ? "The source %s is being deleted: the clone goes on when another one takes its place."
            .formatted(named(source))
        : source.reportedId().isPresent()
            ? "The source %s has a spec that this version cannot read: the clone goes on when it can."
                .formatted(named(source))
            : "The source %s has no ID yet: the clone goes on when it has. %s"
                .formatted(named(source), source.ready().map(Condition::getMessage).orElse(""))
                .strip();
  }

  public String targetPending(CatalogResource<?> target) {
    if (target.isMarkedForDeletion()) {
      return ("%s is being deleted and gets no ID any more: delete this clone, and apply it again if"
              + " a new one is wanted.")
          .formatted(named(target));
    }
    String waits = "%s is created and waits for its ID.".formatted(named(target));
    return target
        .ready()
        .filter(ready -> !ready.getReason().equals(Reason.Assigned.name()))
        .map(ready -> waits + " " + ready.getMessage())
        .orElse(waits);
  }

  String nameIsTheSources(String name, CatalogResource<?> source) {
    return "The new %s %s is that of the source %s itself: give overrides.%s another value."
        .formatted(kind.nameField(), name, named(source), kind.nameField());
  }

  String nameIsTaken(String name, CatalogResource<?> holder) {
    return ("The new %s %s is taken by %s: give overrides.%s a free value, or delete or rename that"
            + " %s.")
        .formatted(kind.nameField(), name, named(holder), kind.nameField(), kind.name());
  }

  String targetExists(CatalogResource<?> blocker) {
    return ("%s exists and was not made by this clone, which overwrites nothing: give"
            + " spec.targetName a free name, or delete that %s.")
        .formatted(named(blocker), kind.name());
  }

  String targetGoesWithEarlierClone(CatalogResource<?> blocker) {
    return ("%s belongs to an earlier clone of this name and is about to be removed with it: it is"
            + " made anew once gone.")
        .formatted(named(blocker));
  }

  String targetGoes(CatalogResource<?> blocker) {
    return "%s is being deleted: this clone makes another once it is gone."
        .formatted(named(blocker));
  }

  public String invalid(String problem) {
    return "What would result is not a valid %s: %s Correct spec.overrides, or the source."
        .formatted(kind.name(), sentence(problem));
  }

  String targetRefused(CatalogResource<?> target) {
    return "%s was made but gets no ID. %s"
        .formatted(named(target), target.ready().map(Condition::getMessage).orElse(""))
        .strip();
  }

  String targetMissing(CloneResource<?> clone, Lookup<?> lookup) {
    String name = clone.getStatus().getTargetName();
    String id = clone.getStatus().id();
    Optional<? extends CatalogResource<?>> there =
        Precedence.first(lookup, Keys.name(clone.getMetadata().getNamespace(), name));
    if (id != null && there.flatMap(CatalogResource::reportedId).filter(id::equals).isPresent()) {
      return ("%s %s (%s) does not carry the mark of this clone: give it the label %s again, with"
              + " the value %s, or delete this clone, which leaves that %s as it is.")
          .formatted(
              kind.name(), name, id, Labels.CLONE_UID, clone.getMetadata().getUid(), kind.name());
    }
    return ("%s %s%s was made by this clone and %s. It is not made again, for that would be another,"
            + " empty one under another ID: delete this clone, and apply it again if a new one is"
            + " wanted.")
        .formatted(
            kind.name(),
            name,
            id == null ? "" : " (" + id + ")",
            there.isPresent() ? "is gone; what has its name now is another" : "has been deleted");
  }

  public String createRefused(CloneResource<?> clone, String words) {
    return "The API server refused to create %s %s: %s It is tried again."
        .formatted(kind.name(), clone.targetName(), sentence(words));
  }

  String suspended() {
    return "spec.suspend is true: nothing is created until it is false or removed.";
  }

  /** The one reference that is given, in the order in which the source is looked for. */
  private String reference(CloneResource<?> clone) {
    ObjectNode ref = clone.getSpec().getSourceRef();
    return Stream.of(kind.nameField(), kind.idField(), "name")
        .filter(ref::hasNonNull)
        .findFirst()
        .map(field -> field + " " + ref.get(field).asText())
        .orElse("no name");
  }

  /** Somebody else's words, with an end, and not without end. */
  private static String sentence(String words) {
    String cut = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    return cut.endsWith(".") ? cut : cut + ".";
  }

  private String named(CatalogResource<?> resource) {
    String name = resource.getMetadata().getName();
    return kind.name() + " " + (name != null ? name : resource.reportedId().orElse(""));
  }
}
