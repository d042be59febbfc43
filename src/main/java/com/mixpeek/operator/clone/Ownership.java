package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import com.mixpeek.operator.lookup.Precedence;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells a clone's own target from everything else: a target that carries the clone's UID, or one
 * that an earlier clone of the same name made from the same order and left behind.
 */
public final class Ownership<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private final Messages say;

  Ownership(Messages say) {
    this.say = say;
  }

  /** The clone's own target, empty where it has none. */
  Optional<R> target(C clone, Lookup<R> lookup) {
    String namespace = clone.getMetadata().getNamespace();
    if (clone.hasTarget()) {
      return Precedence.first(lookup, Keys.name(namespace, clone.getStatus().getTargetName()))
          .filter(r -> marked(clone, r) || leftBehind(clone, r))
          .filter(r -> sameId(clone, r));
    }
    Optional<R> named = Precedence.first(lookup, Keys.name(namespace, clone.targetName()));
    return named
        .filter(r -> marked(clone, r))
        .or(() -> Precedence.first(lookup, Keys.cloneUid(namespace, clone.getMetadata().getUid())))
        .or(() -> named.filter(r -> leftBehind(clone, r)));
  }

  /** What is to be said of a clone whose own target is there. */
  Verdict<R> state(C clone, R target) {
    if (target.reportedId().isPresent()) {
      String message = toldBefore(clone).orElseGet(() -> say.cloned(clone, target));
      return new Verdict.HasTarget<>(target, Reason.Cloned, message);
    }
    if (target.isReported(Reason.DuplicateName) || target.isReported(Reason.NameConflict)) {
      return new Verdict.HasTarget<>(target, Reason.NameConflict, say.targetRefused(target));
    }
    if (target.isReported(Reason.InvalidConfig) || target.isReported(Reason.Refused)) {
      return new Verdict.HasTarget<>(target, Reason.InvalidOverrides, say.targetRefused(target));
    }
    return new Verdict.HasTarget<>(target, Reason.TargetPending, say.targetPending(target));
  }

  /** What was said of this order when it was done: it stays, whatever becomes of the marks. */
  private Optional<String> toldBefore(C clone) {
    return Optional.ofNullable(clone.getStatus())
        .filter(s -> Objects.equals(s.getObservedGeneration(), clone.getMetadata().getGeneration()))
        .filter(s -> clone.isReported(Reason.Cloned))
        .flatMap(ReportedStatus::ready)
        .map(c -> c.getMessage());
  }

  /** What is to be said of a resource of the wanted name that is not this clone's own. */
  Verdict<R> notTaken(C clone, R blocker) {
    boolean earlier = earlierOwner(clone, blocker);
    boolean going = earlier || blocker.isMarkedForDeletion();
    String message =
        earlier
            ? say.targetGoesWithEarlierClone(blocker)
            : going ? say.targetGoes(blocker) : say.targetExists(blocker);
    return new Verdict.Blocked<>(Reason.TargetExists, message, null, going);
  }

  public static boolean marked(CloneResource<?> clone, CatalogResource<?> resource) {
    return resource
        .label(Labels.CLONE_UID)
        .filter(clone.getMetadata().getUid()::equals)
        .isPresent();
  }

  /**
   * Whether an earlier clone of this name made the resource from the same order and left it behind.
   * That it has this clone's name is proof that it is no more. One that it still owns is about to
   * be removed with it, and is not taken over.
   */
  private boolean leftBehind(C clone, R resource) {
    return resource.label(Labels.CLONE_UID).isPresent()
        && orderedBy(clone, resource)
        && !resource.isMarkedForDeletion()
        && !earlierOwner(clone, resource);
  }

  private static boolean orderedBy(CloneResource<?> clone, CatalogResource<?> resource) {
    return resource
            .annotation(Annotations.CLONED_BY)
            .filter(clone.getMetadata().getName()::equals)
            .isPresent()
        && resource
            .annotation(Annotations.CLONE_DIGEST)
            .filter(Digest.of(clone.getSpec())::equals)
            .isPresent();
  }

  private boolean earlierOwner(C clone, R resource) {
    List<OwnerReference> owners = resource.getMetadata().getOwnerReferences();
    return owners.stream()
        .anyMatch(
            o ->
                clone.getKind().equals(o.getKind())
                    && clone.getMetadata().getName().equals(o.getName())
                    && !Overlay.owns(clone, o));
  }

  /** An ID that was told is never exchanged: a target with another one is not what was made. */
  private boolean sameId(C clone, R resource) {
    String told = clone.getStatus().id();
    return told == null || resource.reportedId().map(told::equals).orElse(true);
  }
}
