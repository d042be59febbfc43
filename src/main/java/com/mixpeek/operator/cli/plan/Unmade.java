package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.lookup.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says why clones of a plan make nothing, each at the field to look at: in the words of the clone's
 * status, and where it waits for a source that no cluster will bring, why that is so.
 */
public final class Unmade<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private final Plan<C, R> plan;
  private final CloneLogic<C, R> logic;

  /** Which clone would make what answers to a key, of those that make nothing. */
  private final Map<String, Entry<C>> makers = new HashMap<>();

  public Unmade(Plan<C, R> plan) {
    this.plan = plan;
    this.logic = new CloneLogic<>(plan.kind());
    for (Step<C, R> step : plan.steps()) {
      if (step.made() == null) {
        C clone = step.order().resource();
        String namespace = step.order().namespace();
        makers.putIfAbsent(Keys.name(namespace, clone.targetName()), step.order());
        makers.putIfAbsent(Keys.catalogName(namespace, logic.newName(clone)), step.order());
      }
    }
  }

  /** Why the clone, which makes nothing, makes nothing. */
  public Finding finding(Step<C, R> step) {
    Verdict<R> verdict = step.verdict();
    if (Plan.isSourceNotFound(verdict)) {
      String message = Reason.SourceNotFound + ": " + sourceNotFound(step.order());
      return new Finding(step.order().manifest(), "spec.sourceRef", message);
    }
    if (verdict instanceof Verdict.Blocked<R> unmade) {
      String message = unmade.reason() + ": " + unmade.message();
      return new Finding(step.order().manifest(), field(unmade.reason()), message);
    }
    String message =
        verdict instanceof Verdict.HasTarget<R> made
            ? made.reason() + ": " + made.message()
            : step.order()
                .resource()
                .getStatus()
                .ready()
                .map(c -> c.getReason() + ": " + c.getMessage())
                .orElse("");
    return new Finding(step.order().manifest(), "", message);
  }

  /** Whether it makes nothing because it was told so, or has done so: nothing that is wrong. */
  public static boolean isAsWished(Verdict<?> verdict) {
    return verdict instanceof Verdict.Blocked<?> unmade && unmade.reason() == Reason.Suspended
        || verdict instanceof Verdict.HasTarget<?> made && made.reason().ready();
  }

  private String sourceNotFound(Entry<C> clone) {
    List<String> way = new ArrayList<>();
    List<Entry<C>> passed = new ArrayList<>();
    Entry<C> at = clone;
    while (at != null && !passed.contains(at)) {
      passed.add(at);
      way.add(at.name());
      at = makers.get(logic.sourceKey(at.resource()));
    }
    String kind = clone.resource().getKind();
    if (at == clone) {
      return ("The clones wait for each other in a circle, %s → %s, so that none is ever made: let one"
              + " of them point at a %s that exists.")
          .formatted(String.join(" → ", way), clone.name(), plan.kind().name());
    }
    if (passed.size() > 1) {
      return "Its source is what %s %s (%s) is to make, which itself makes nothing: see there."
          .formatted(kind, passed.get(1).name(), passed.get(1).manifest().location());
    }
    String where =
        plan.asksCluster()
            ? "neither among these manifests, nor made by one of them, nor in the cluster: add it, or"
                + " correct the reference."
            : "neither among these manifests nor made by one of them: add it, correct the reference,"
                + " or look in the cluster with --from-cluster.";
    return "There is no %s with %s in namespace %s, %s"
        .formatted(plan.kind().name(), reference(clone), clone.namespace(), where);
  }

  private String reference(Entry<C> clone) {
    return clone.resource().getSpec().getSourceRef().properties().stream()
        .filter(field -> field.getValue().isTextual())
        .map(field -> field.getKey() + " " + field.getValue().textValue())
        .collect(Collectors.joining(", "));
  }

  private String field(Reason reason) {
    return switch (reason) {
      case SourceNotFound, SourceNotReady -> "spec.sourceRef";
      case NameConflict -> "spec.overrides." + plan.kind().nameField();
      case InvalidOverrides -> "spec.overrides";
      case TargetExists -> "spec.targetName";
      case Suspended -> "spec.suspend";
      default -> "";
    };
  }
}
