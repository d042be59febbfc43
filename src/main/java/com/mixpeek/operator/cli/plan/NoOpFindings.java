package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.lookup.Keys;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says why clones of a plan create nothing, each at the field to look at: in the words of the
 * clone's status, and where it waits for a source that no cluster will bring, why that is so.
 */
final class NoOpFindings<C extends CloneResource<?>, R extends CatalogResource<?>> {

  /** So many clones of a circle are named: each of them names all. */
  private static final int LONGEST = 20;

  private final CatalogKind<C, R> kind;
  private final Elsewhere elsewhere;
  private final CloneLogic<C, R> logic;

  /** Which clone would create what answers to a key, of those that create nothing. */
  private final Map<String, ManifestResource<C>> creators = new HashMap<>();

  /** The clones that wait for each other in a circle, and of how many it is. */
  private final Map<ManifestResource<C>, Integer> circles = new IdentityHashMap<>();

  /**
   * @param elsewhere where sources were looked for too
   * @param clones those that create nothing
   */
  NoOpFindings(CatalogKind<C, R> kind, Elsewhere elsewhere, Iterable<ManifestResource<C>> clones) {
    this.kind = kind;
    this.elsewhere = elsewhere;
    this.logic = new CloneLogic<>(kind);
    for (ManifestResource<C> clone : clones) {
      String namespace = clone.namespace();
      creators.putIfAbsent(Keys.name(namespace, clone.resource().targetName()), clone);
      creators.putIfAbsent(Keys.catalogName(namespace, logic.newName(clone.resource())), clone);
    }
    findCircles(clones);
  }

  Finding of(ManifestResource<C> clone, Verdict<R> verdict) {
    Manifest manifest = clone.manifest();
    if (verdict instanceof Verdict.Blocked<R> blocked) {
      String why = isSourceNotFound(verdict) ? sourceNotFound(clone) : blocked.message();
      return new Finding(manifest, field(blocked.reason()), blocked.reason(), why);
    }
    if (verdict instanceof Verdict.HasTarget<R> hasTarget) {
      return new Finding(manifest, "", hasTarget.reason(), hasTarget.message());
    }
    Optional<Condition> ready = clone.resource().ready();
    Optional<Reason> reason = ready.map(Condition::getReason).flatMap(Reason::named);
    return new Finding(manifest, "", reason, ready.map(Condition::getMessage).orElse(""));
  }

  static boolean isSourceNotFound(Verdict<?> verdict) {
    return verdict instanceof Verdict.Blocked<?> blocked
        && blocked.reason() == Reason.SourceNotFound;
  }

  private String sourceNotFound(ManifestResource<C> clone) {
    Integer length = circles.get(clone);
    if (length != null) {
      return ("The clones wait for each other in a circle, %s → %s, so that none is ever made: let one"
              + " of them point at a %s that exists.")
          .formatted(way(clone, length), clone.name(), kind.name());
    }
    ManifestResource<C> maker = maker(clone);
    if (maker != null) {
      return "Its source is what %s %s (%s) is to make, which itself makes nothing: see there."
          .formatted(clone.resource().getKind(), maker.name(), maker.manifest().location());
    }
    return "There is no %s with %s in namespace %s, %s"
        .formatted(
            kind.name(), reference(clone), clone.namespace(), elsewhere.nowhere(clone.resource()));
  }

  /** The clone that would make the source, null where none would. */
  private ManifestResource<C> maker(ManifestResource<C> clone) {
    return creators.get(logic.sourceKey(clone.resource()));
  }

  /** Each clone is passed once, however long the ways are. */
  private void findCircles(Iterable<ManifestResource<C>> clones) {
    Set<ManifestResource<C>> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ManifestResource<C> clone : clones) {
      Map<ManifestResource<C>, Integer> way = new IdentityHashMap<>();
      ManifestResource<C> at = clone;
      while (at != null && passed.add(at)) {
        way.put(at, way.size());
        at = maker(at);
      }
      if (at != null && way.containsKey(at)) {
        int length = way.size() - way.get(at);
        Stream.iterate(at, this::maker).limit(length).forEach(c -> circles.put(c, length));
      }
    }
  }

  private String way(ManifestResource<C> clone, int length) {
    return Stream.iterate(clone, this::maker)
            .limit(Math.min(length, LONGEST))
            .map(ManifestResource::name)
            .collect(Collectors.joining(" → "))
        + (length > LONGEST ? " → … (%d clones)".formatted(length) : "");
  }

  private String reference(ManifestResource<C> clone) {
    return clone.resource().getSpec().getSourceRef().properties().stream()
        .filter(field -> field.getValue().isTextual())
        .map(field -> field.getKey() + " " + field.getValue().textValue())
        .collect(Collectors.joining(", "));
  }

  private String field(Reason reason) {
    return switch (reason) {
      case SourceNotFound, SourceNotReady -> "spec.sourceRef";
      case NameConflict -> "spec.overrides." + kind.nameField();
      case InvalidOverrides -> "spec.overrides";
      case TargetExists -> "spec.targetName";
      case Suspended -> "spec.suspend";
      default -> "";
    };
  }
}
