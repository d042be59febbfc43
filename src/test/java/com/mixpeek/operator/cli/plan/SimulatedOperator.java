package com.mixpeek.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.catalog.CatalogLogic;
import com.mixpeek.operator.catalog.ReferenceCycles;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.lookup.Lookups;
import com.mixpeek.operator.testing.LineDiff;
import com.mixpeek.operator.testing.Yaml;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the operator's logic decide on the resources as its client reads them, and holds each
 * decision against what was planned and rendered of the manifests.
 *
 * <p>In what order the operator comes to several clones is chance: here it is an order in which it
 * makes what was planned, if there is one.
 */
final class SimulatedOperator<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private final CatalogKind<C, R> kind;
  private final CloneLogic<C, R> logic;
  private final InMemoryLookup<R> lookup;
  private final Map<String, C> clones = new LinkedHashMap<>();

  /** What the operator created, as it is sent. */
  private final List<JsonNode> made = new ArrayList<>();

  private SimulatedOperator(CatalogKind<C, R> kind, List<JsonNode> resources) {
    this.kind = kind;
    this.logic = new CloneLogic<>(kind);
    List<R> given = new ArrayList<>();
    for (JsonNode resource : resources) {
      String type = resource.path("kind").asText();
      if (type.equals(kind.name())) {
        given.add(Serialization.unmarshal(resource.toString(), kind.resourceType()));
      } else if (type.equals(kind.cloneType().getSimpleName())) {
        C clone = Serialization.unmarshal(resource.toString(), kind.cloneType());
        clones.put(clone.getMetadata().getNamespace() + "/" + clone.getMetadata().getName(), clone);
      }
    }
    this.lookup = InMemoryLookup.of(kind, given);
    given.forEach(this::report);
  }

  /**
   * Fails unless the operator makes just what was planned.
   *
   * @param resources as the cluster has them, with UIDs
   * @param comparison of what was rendered with what was made
   * @return how many resources the operator made
   */
  static <C extends CloneResource<?>, R extends CatalogResource<?>> int check(
      Plan<C, R> plan, List<JsonNode> resources, Comparison comparison) {
    SimulatedOperator<C, R> operator = new SimulatedOperator<>(plan.kind(), resources);
    List<PlannedAction<C, R>> left = new ArrayList<>(plan.actions());
    while (left.removeIf(action -> operator.makes(plan, action, comparison))) {
      continue;
    }
    for (PlannedAction<C, R> action : left) {
      String name = action.cloneResource().name();
      assertThat(action)
          .as("the operator makes what was planned of " + name)
          .isInstanceOf(PlannedAction.NoOp.class);
      Verdict<R> verdict = operator.logic.decide(operator.clone(action), operator.lookup);
      Verdict<R> planned = ((PlannedAction.NoOp<C, R>) action).verdict();
      assertThat(reason(verdict)).as(name).isEqualTo(reason(planned));
    }
    return operator.made.size();
  }

  /** How the rendered is to be compared with what was made. */
  interface Comparison {
    void check(ObjectNode rendered, ObjectNode made);
  }

  /** Both are the same to the last digit. */
  static void same(ObjectNode rendered, ObjectNode made) {
    if (!Yaml.same(rendered, made)) {
      throw new AssertionError(
          "rendered (+) is not what was made (-):\n"
              + LineDiff.of(Yaml.sorted(made), Yaml.sorted(rendered)));
    }
  }

  private boolean makes(Plan<C, R> plan, PlannedAction<C, R> action, Comparison comparison) {
    if (!(action instanceof PlannedAction.Create<C, R> planned)
        || !(logic.decide(clone(action), lookup) instanceof Verdict.Create<R> create)) {
      return false;
    }
    ObjectNode sent = (ObjectNode) Yaml.tree(create.desired());
    comparison.check(plan.manifest(planned), sent.deepCopy());
    made.add(sent);
    ObjectNode there = sent.deepCopy();
    there
        .withObject("/metadata")
        .put("uid", "made-" + made.size())
        .put("generation", 1)
        .put("creationTimestamp", "2026-01-01T00:00:00Z");
    R target = Serialization.unmarshal(there.toString(), kind.resourceType());
    lookup.put(target);
    report(target);
    return true;
  }

  private C clone(PlannedAction<C, R> action) {
    ManifestResource<C> clone = action.cloneResource();
    return clones.get(clone.namespace() + "/" + clone.name());
  }

  private void report(R resource) {
    if (resource.reportedId().isEmpty()) {
      Lookups lookups = new Lookups(name -> List.of(), name -> List.of());
      resource.report(
          new CatalogLogic<>(kind)
              .status(resource, lookup, lookups, ReferenceCycles.NONE, Instant.EPOCH));
      lookup.put(resource);
    }
  }

  private static String reason(Verdict<?> verdict) {
    if (verdict instanceof Verdict.Blocked<?> blocked) {
      return blocked.reason().name();
    }
    return verdict instanceof Verdict.HasTarget<?> target
        ? target.reason().name()
        : verdict.getClass().getSimpleName();
  }
}
