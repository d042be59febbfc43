package com.mixpeek.operator.cli.graph;

import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.cli.graph.Node.Tone;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.plan.Entry;
import com.mixpeek.operator.cli.plan.Plan;
import com.mixpeek.operator.cli.plan.Step;
import com.mixpeek.operator.cli.plan.Unmade;
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
 * All that is known of one catalog kind, in files or in a cluster.
 *
 * @param elsewhere finds what else there is in a namespace
 * @param absent is said of what is pointed at and nowhere to be found
 * @param cloneAbsent is said of a clone that has left its copy behind
 */
public record LineageInput<C extends CloneResource<?>, R extends CatalogResource<?>>(
    CatalogKind<C, R> kind,
    List<Item<R>> items,
    List<Order<C, R>> orders,
    Function<String, List<R>> elsewhere,
    String absent,
    String cloneAbsent) {

  private static final String UNSEEN = "not reported yet";
  private static final String TO_BE_MADE = "to be made";
  private static final String NO_ID_YET = "ID on creation";
  private static final String NO_ID = "no ID";

  /** How it stands with something. */
  record State(String word, Tone tone, String note) {}

  /**
   * A Collection or Taxonomy.
   *
   * @param id null for none
   * @param noId is said where there is none
   */
  record Item<R>(R resource, String id, String noId, State state) {}

  /**
   * A clone.
   *
   * @param target what it made or is to make, null for nothing that is there
   * @param source what it copies, null where that is to be found
   */
  record Order<C, R>(C resource, R target, R source, State state) {}

  /**
   * What a plan makes of manifests.
   *
   * @param refused why the API server would refuse a manifest, or what comes of it
   */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>>
      LineageInput<C, R> ofFiles(
          Plan<C, R> plan,
          Map<Manifest, String> refused,
          Function<String, List<R>> elsewhere,
          String absent) {
    List<Item<R>> items = new ArrayList<>();
    plan.resources().forEach(entry -> items.add(given(plan, entry, refused.get(entry.manifest()))));
    List<Order<C, R>> orders = new ArrayList<>();
    Unmade<C, R> unmade = new Unmade<>(plan);
    for (Step<C, R> step : plan.steps()) {
      if (step.made() != null) {
        String why = refused.get(step.order().manifest());
        State state = why == null ? new State(TO_BE_MADE, Tone.PLANNED, "") : refused(why);
        items.add(new Item<>(step.made(), null, why == null ? NO_ID_YET : NO_ID, state));
      }
      orders.add(ordered(plan, step, unmade));
    }
    return new LineageInput<>(plan.kind(), items, orders, elsewhere, absent, "not in the files");
  }

  /** What a cluster has. */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>>
      LineageInput<C, R> ofCluster(
          CatalogKind<C, R> kind, List<R> resources, List<C> clones, String absent) {
    InMemoryLookup<R> shelf = InMemoryLookup.of(kind, resources);
    return new LineageInput<>(
        kind,
        resources.stream().map(LineageInput::inCluster).toList(),
        clones.stream().map(clone -> reported(clone, shelf::find)).toList(),
        namespace -> List.of(),
        absent,
        absent);
  }

  static <R extends CatalogResource<?>> Item<R> inCluster(R resource) {
    State state = state(resource.getStatus());
    return new Item<>(resource, resource.reportedId().orElse(null), NO_ID, state);
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> Item<R> given(
      Plan<C, R> plan, Entry<R> entry, String refused) {
    R resource = entry.resource();
    String idField = plan.kind().idField();
    if (entry.manifest() == null
        || entry.manifest().content().path("status").path(idField).isTextual()) {
      return inCluster(resource);
    }
    State state = refused == null ? state(resource.getStatus()) : refused(refused);
    if (state.tone() == Tone.REFUSED) {
      return new Item<>(resource, null, NO_ID, state);
    }
    String id = resource.reportedId().filter(given -> !plan.isProvisional(given)).orElse(null);
    return new Item<>(resource, id, NO_ID_YET, new State("in files", Tone.FINE, ""));
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> Order<C, R> ordered(
      Plan<C, R> plan, Step<C, R> step, Unmade<C, R> unmade) {
    C clone = step.order().resource();
    if (clone.hasTarget()) {
      return reported(clone, plan::find);
    }
    if (step.verdict() instanceof Verdict.Create<R> create) {
      State state = new State(TO_BE_MADE, Tone.PLANNED, "");
      return new Order<>(clone, step.made(), create.source(), state);
    }
    if (step.verdict() instanceof Verdict.HasTarget<R> made) {
      return new Order<>(clone, made.target(), null, state(made.reason(), made.message()));
    }
    if (step.verdict() instanceof Verdict.Blocked<R> refused) {
      String message = unmade.finding(step).message();
      String sentence = message.substring(message.indexOf(": ") + 2);
      return new Order<>(clone, null, null, state(refused.reason(), sentence));
    }
    return reported(clone, plan::find);
  }

  /** A clone as its status has it. */
  private static <C extends CloneResource<?>, R extends CatalogResource<?>> Order<C, R> reported(
      C clone, Lookup<R> lookup) {
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
    return new Order<>(clone, target, null, state);
  }

  /** Exported manifests often have lost the UIDs, and keep the names. */
  private static boolean isMarkedBy(CloneResource<?> clone, CatalogResource<?> resource) {
    return resource
            .label(Labels.CLONE_UID)
            .filter(uid -> uid.equals(clone.getMetadata().getUid()))
            .isPresent()
        || resource
            .annotation(Annotations.CLONED_BY)
            .filter(clone.getMetadata().getName()::equals)
            .isPresent();
  }

  private static State refused(String why) {
    return new State("refused by the API server", Tone.REFUSED, why);
  }

  private static State state(Reason reason, String message) {
    Tone tone = reason.ready() ? Tone.FINE : reason.stalled() ? Tone.REFUSED : Tone.WAITING;
    return new State(reason.name(), tone, reason.ready() ? "" : message);
  }

  private static State state(ReportedStatus status) {
    Optional<Condition> ready = Optional.ofNullable(status).flatMap(ReportedStatus::ready);
    if (ready.isEmpty()) {
      return new State(UNSEEN, Tone.WAITING, "");
    }
    String word = Optional.ofNullable(ready.get().getReason()).orElse(UNSEEN);
    String message = Optional.ofNullable(ready.get().getMessage()).orElse("");
    boolean stalled = status.condition(Conditions.STALLED).isPresent();
    boolean fine = "True".equals(ready.get().getStatus());
    Tone tone = fine ? Tone.FINE : stalled ? Tone.REFUSED : Tone.WAITING;
    return new State(word, tone, fine ? "" : message);
  }
}
