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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says why clones of a plan create nothing, each at the field to look at: in the words of the
 * clone's status, and where it waits for a source that no cluster will bring, why that is so.
 */
final class NoOpFindings<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private final CatalogKind<C, R> kind;
  private final boolean asksCluster;
  private final CloneLogic<C, R> logic;

  /** Which clone would create what answers to a key, of those that create nothing. */
  private final Map<String, ManifestResource<C>> creators = new HashMap<>();

  /**
   * @param asksCluster whether sources were looked for in a cluster too
   * @param clones those that create nothing
   */
  NoOpFindings(CatalogKind<C, R> kind, boolean asksCluster, Iterable<ManifestResource<C>> clones) {
    this.kind = kind;
    this.asksCluster = asksCluster;
    this.logic = new CloneLogic<>(kind);
    for (ManifestResource<C> clone : clones) {
      String namespace = clone.namespace();
      creators.putIfAbsent(Keys.name(namespace, clone.resource().targetName()), clone);
      creators.putIfAbsent(Keys.catalogName(namespace, logic.newName(clone.resource())), clone);
    }
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
    List<String> way = new ArrayList<>();
    List<ManifestResource<C>> passed = new ArrayList<>();
    ManifestResource<C> at = clone;
    while (at != null && !passed.contains(at)) {
      passed.add(at);
      way.add(at.name());
      at = creators.get(logic.sourceKey(at.resource()));
    }
    String cloneKind = clone.resource().getKind();
    if (at == clone) {
      return ("The clones wait for each other in a circle, %s → %s, so that none is ever made: let one"
              + " of them point at a %s that exists.")
          .formatted(String.join(" → ", way), clone.name(), kind.name());
    }
    if (passed.size() > 1) {
      return "Its source is what %s %s (%s) is to make, which itself makes nothing: see there."
          .formatted(cloneKind, passed.get(1).name(), passed.get(1).manifest().location());
    }
    String where =
        asksCluster
            ? "neither among these manifests, nor made by one of them, nor in the cluster: add it, or"
                + " correct the reference."
            : "neither among these manifests nor made by one of them: add it, correct the reference,"
                + " or look in the cluster with --from-cluster.";
    return "There is no %s with %s in namespace %s, %s"
        .formatted(kind.name(), reference(clone), clone.namespace(), where);
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
