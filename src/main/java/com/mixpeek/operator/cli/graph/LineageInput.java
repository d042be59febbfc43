package com.mixpeek.operator.cli.graph;

import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.cli.cluster.Health;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.plan.Elsewhere;
import com.mixpeek.operator.cli.plan.Finding;
import com.mixpeek.operator.cli.plan.ManifestResource;
import com.mixpeek.operator.cli.plan.Plan;
import com.mixpeek.operator.cli.plan.PlannedAction;
import com.mixpeek.operator.clone.Ownership;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that is known of one catalog kind, in files, in a cluster or at Mixpeek.
 *
 * @param elsewhere finds what else there is in a namespace
 * @param absent is said of what is pointed at and nowhere to be found
 * @param cloneAbsent is said of a clone that has left its copy behind
 */
public record LineageInput<C extends CloneResource<?>, R extends CatalogResource<?>>(
    CatalogKind<C, R> kind,
    List<Item<R>> items,
    List<CloneItem<C, R>> clones,
    Function<String, List<R>> elsewhere,
    String absent,
    String cloneAbsent) {

  private static final String UNSEEN = "not reported yet";
  private static final String NOT_IN_CLUSTER = "not in the cluster";
  private static final String NOT_IN_FILES = "not in the files";
  private static final String NOT_AT_MIXPEEK = "not at Mixpeek";
  private static final State AT_MIXPEEK = new State("at Mixpeek", Health.HEALTHY, "");
  private static final String NO_ID_YET = "ID on creation";
  private static final String NO_ID = "no ID";
  private static final State PLANNED = new State("to be made", Health.MISSING, "");

  /**
   * How something is doing.
   *
   * @param note a sentence on it, empty where the word says all
   */
  record State(String word, Health health, String note) {}

  /**
   * A Collection or Taxonomy.
   *
   * @param id or what is said where there is none
   */
  record Item<R>(R resource, String id, State state) {}

  /**
   * A clone.
   *
   * @param target what it made or is to make, null for nothing that is there
   * @param source what it copies, null where that is to be found
   */
  record CloneItem<C, R>(C resource, R target, R source, State state) {}

  /**
   * What a plan makes of manifests.
   *
   * @param refused why the API server would refuse a manifest, or what comes of it
   */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>>
      LineageInput<C, R> ofFiles(Plan<C, R> plan, Map<Manifest, String> refused) {
    List<Item<R>> items = new ArrayList<>();
    plan.resources().forEach(given -> items.add(given(plan, given, refused.get(given.manifest()))));
    plan.found().forEach(resource -> items.add(item(resource)));
    List<CloneItem<C, R>> clones = new ArrayList<>();
    for (PlannedAction<C, R> action : plan.actions()) {
      if (action instanceof PlannedAction.Create<C, R> create) {
        String why = refused.get(create.cloneResource().manifest());
        items.add(
            why == null
                ? new Item<>(create.target(), NO_ID_YET, PLANNED)
                : new Item<>(create.target(), NO_ID, refused(why)));
      }
      clones.add(clone(plan, action));
    }
    return new LineageInput<>(
        plan.kind(),
        items,
        clones,
        namespace -> plan.elsewhere().all(plan.kind(), namespace),
        absent(plan.elsewhere()),
        NOT_IN_FILES);
  }

  public static <C extends CloneResource<?>, R extends CatalogResource<?>>
      LineageInput<C, R> ofCluster(CatalogKind<C, R> kind, List<R> resources, List<C> clones) {
    InMemoryLookup<R> lookup = InMemoryLookup.of(kind, resources);
    return new LineageInput<>(
        kind,
        resources.stream().map(LineageInput::item).toList(),
        clones.stream().map(clone -> reported(clone, lookup)).toList(),
        namespace -> List.of(),
        NOT_IN_CLUSTER,
        NOT_IN_CLUSTER);
  }

  /** What a Mixpeek namespace has. */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>>
      LineageInput<C, R> ofMixpeek(CatalogKind<C, R> kind, List<R> resources) {
    return new LineageInput<>(
        kind,
        resources.stream().map(LineageInput::item).toList(),
        List.of(),
        namespace -> List.of(),
        NOT_AT_MIXPEEK,
        NOT_AT_MIXPEEK);
  }

  private static String absent(Elsewhere elsewhere) {
    return elsewhere.mixpeek().isPresent()
        ? NOT_AT_MIXPEEK
        : elsewhere.cluster().isPresent() ? NOT_IN_CLUSTER : NOT_IN_FILES;
  }

  /** What was found elsewhere; without a name it is only at Mixpeek. */
  static <R extends CatalogResource<?>> Item<R> item(R resource) {
    State state =
        resource.getMetadata().getName() == null ? AT_MIXPEEK : state(resource.getStatus());
    return new Item<>(resource, resource.reportedId().orElse(NO_ID), state);
  }

  private static <R extends CatalogResource<?>> Item<R> given(
      Plan<?, R> plan, ManifestResource<R> given, String refused) {
    R resource = given.resource();
    String idField = plan.kind().idField();
    if (given.manifest().content().path("status").path(idField).isTextual()) {
      return item(resource);
    }
    State state = refused == null ? state(resource.getStatus()) : refused(refused);
    if (state.health() == Health.DEGRADED) {
      return new Item<>(resource, NO_ID, state);
    }
    String id = resource.reportedId().filter(known -> !plan.isPlaceholder(known)).orElse(NO_ID_YET);
    return new Item<>(resource, id, new State("in files", Health.HEALTHY, ""));
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> CloneItem<C, R> clone(
      Plan<C, R> plan, PlannedAction<C, R> action) {
    C clone = action.cloneResource().resource();
    if (clone.hasTarget()) {
      return reported(clone, plan);
    }
    if (action instanceof PlannedAction.Create<C, R> create) {
      return new CloneItem<>(clone, create.target(), create.source(), PLANNED);
    }
    PlannedAction.NoOp<C, R> noOp = (PlannedAction.NoOp<C, R>) action;
    if (noOp.verdict() instanceof Verdict.Unchanged<R>) {
      return reported(clone, plan);
    }
    R target = noOp.verdict() instanceof Verdict.HasTarget<R> hasTarget ? hasTarget.target() : null;
    Finding why = noOp.finding();
    return new CloneItem<>(clone, target, null, state(why.reason().orElseThrow(), why.message()));
  }

  /** A clone as its status has it. */
  private static <C extends CloneResource<?>, R extends CatalogResource<?>>
      CloneItem<C, R> reported(C clone, Lookup<R> lookup) {
    State state = state(clone.getStatus());
    R target = null;
    if (clone.hasTarget() && !state.word().equals(Reason.TargetMissing.name())) {
      String namespace = clone.getMetadata().getNamespace();
      target =
          lookup.find(Keys.name(namespace, clone.getStatus().getTargetName())).stream()
              .filter(r -> isMarkedBy(clone, r))
              .findFirst()
              .orElse(null);
    }
    return new CloneItem<>(clone, target, null, state);
  }

  /** Exported manifests often have lost the UIDs, and keep the names. */
  private static boolean isMarkedBy(CloneResource<?> clone, CatalogResource<?> resource) {
    return Ownership.marked(clone, resource)
        || resource
            .annotation(Annotations.CLONED_BY)
            .filter(clone.getMetadata().getName()::equals)
            .isPresent();
  }

  private static State refused(String why) {
    return new State("refused by the API server", Health.DEGRADED, why);
  }

  private static State state(Reason reason, String message) {
    return new State(reason.name(), Health.of(reason), reason.ready() ? "" : message);
  }

  private static State state(ReportedStatus reported) {
    Optional<ReportedStatus> status = Optional.ofNullable(reported);
    Optional<Condition> ready = status.flatMap(ReportedStatus::ready);
    Health health = Health.of(status);
    return new State(
        ready.map(Condition::getReason).orElse(UNSEEN),
        health,
        health == Health.HEALTHY ? "" : ready.map(Condition::getMessage).orElse(""));
  }
}
