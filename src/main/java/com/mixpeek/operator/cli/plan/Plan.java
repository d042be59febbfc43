package com.mixpeek.operator.cli.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.lookup.Keys;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * Plays through what the operator would do with a set of manifests of one catalog kind: gives each
 * Collection or Taxonomy its status, asks of each clone what is to be done, and makes it, until
 * nothing is left that can go on.
 *
 * <p>In which order the operator comes to them no one can know; here it is the order of the
 * manifests, and a clone whose source is yet to be made goes on the moment it is.
 *
 * @param <C> the clone's type
 * @param <R> the type of what is cloned
 */
public final class Plan<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private final CatalogKind<C, R> kind;
  private final boolean asksCluster;
  private final CloneLogic<C, R> logic;
  private final InMemoryLookup<R> lookup;
  private final Provisional provisional = new Provisional();
  private final Map<R, Entry<R>> sources = new IdentityHashMap<>();
  private final Map<R, Entry<C>> makers = new IdentityHashMap<>();
  private final List<Entry<R>> resources = new ArrayList<>();
  private final Map<Entry<C>, Step<C, R>> steps = new LinkedHashMap<>();
  private final Map<String, List<Entry<C>>> waiting = new LinkedHashMap<>();

  private Plan(CatalogKind<C, R> kind, boolean asksCluster) {
    this.kind = kind;
    this.asksCluster = asksCluster;
    this.logic = new CloneLogic<>(kind);
    this.lookup = InMemoryLookup.of(kind, List.of());
  }

  /**
   * The plan for these manifests, which are given what the cluster would give them.
   *
   * @param resources no two of one name in one namespace
   * @param clones no two of one name in one namespace
   * @param elsewhere finds what else there is in a namespace; asked at most once for each, and only
   *     for one with a source that is nowhere
   * @param asksCluster whether elsewhere is a cluster
   */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>> Plan<C, R> of(
      CatalogKind<C, R> kind,
      List<Entry<R>> resources,
      List<Entry<C>> clones,
      Function<String, List<R>> elsewhere,
      boolean asksCluster) {
    Plan<C, R> plan = new Plan<>(kind, asksCluster);
    resources.forEach(plan::put);
    resources.forEach(entry -> plan.report(entry.resource()));
    for (Entry<C> clone : clones) {
      plan.provisional.identify(clone.resource());
      plan.steps.put(clone, null);
    }
    plan.run(clones);
    plan.lookElsewhere(elsewhere);
    plan.settle();
    return plan;
  }

  public CatalogKind<C, R> kind() {
    return kind;
  }

  /** Whether sources that are not among the manifests were looked for in a cluster. */
  boolean asksCluster() {
    return asksCluster;
  }

  /** What becomes of each clone, in the order of the manifests. */
  public List<Step<C, R>> steps() {
    return List.copyOf(steps.values());
  }

  /** Where a source comes from, null if a clone of this plan makes it. */
  public Entry<R> entry(R source) {
    return sources.get(source);
  }

  /** The clone that makes this source, null if none of this plan does. */
  public Entry<C> maker(R source) {
    return makers.get(source);
  }

  /** All Collections or Taxonomies of the manifests in their order, then those found elsewhere. */
  public List<Entry<R>> resources() {
    return List.copyOf(resources);
  }

  /** Whether an ID stands for one that a cluster is yet to assign, and so is not to be shown. */
  public boolean isProvisional(String id) {
    return provisional.isId(id);
  }

  /**
   * What a clone creates, as a manifest that kubectl takes: without what only a cluster knows, and
   * without a namespace where the clone names none.
   */
  public ObjectNode manifest(Step<C, R> step) {
    ObjectMeta known = provisional.known(step.made().getMetadata());
    if (step.order().manifest().namespace().isEmpty()) {
      known.setNamespace(null);
    }
    return Resources.manifest(step.made(), known);
  }

  /** What there is, made or given, that answers to one of the {@link Keys}. */
  public List<R> find(String key) {
    return lookup.find(key);
  }

  private void put(Entry<R> entry) {
    provisional.identify(entry.resource());
    sources.put(entry.resource(), entry);
    resources.add(entry);
    lookup.put(entry.resource());
  }

  /** A status with an ID is one more key to be found by. */
  private void report(R resource) {
    provisional.report(kind, resource, lookup);
    lookup.put(resource);
  }

  private void run(List<Entry<C>> clones) {
    Queue<Entry<C>> queue = new ArrayDeque<>(clones);
    while (!queue.isEmpty()) {
      Entry<C> clone = queue.remove();
      Verdict<R> verdict = logic.decide(clone.resource(), lookup);
      R made = verdict instanceof Verdict.Create<R> create ? create.desired() : null;
      steps.put(clone, new Step<>(clone, verdict, made));
      if (made != null) {
        provisional.identify(made);
        makers.put(made, clone);
        lookup.put(made);
        report(made);
        Keys.of(kind, made).forEach(key -> queue.addAll(woken(key)));
      } else if (isSourceNotFound(verdict)) {
        waiting
            .computeIfAbsent(logic.sourceKey(clone.resource()), k -> new ArrayList<>())
            .add(clone);
      }
    }
  }

  private List<Entry<C>> woken(String key) {
    List<Entry<C>> woken = waiting.remove(key);
    return woken == null ? List.of() : woken;
  }

  /** Only what a clone waits for is taken from elsewhere: the rest is not what is asked about. */
  private void lookElsewhere(Function<String, List<R>> elsewhere) {
    Map<String, List<R>> found = new LinkedHashMap<>();
    for (String key : List.copyOf(waiting.keySet())) {
      String namespace = waiting.get(key).get(0).namespace();
      List<R> there = found.computeIfAbsent(namespace, elsewhere);
      List<R> answers = there.stream().filter(r -> Keys.of(kind, r).contains(key)).toList();
      answers.forEach(this::found);
    }
    for (String key : List.copyOf(waiting.keySet())) {
      if (!lookup.find(key).isEmpty()) {
        run(woken(key));
      }
    }
  }

  /** What is among the manifests too is as it stands there, under the ID that it has. */
  private void found(R there) {
    String name = Keys.name(there.getMetadata().getNamespace(), there.getMetadata().getName());
    Optional<R> given = lookup.find(name).stream().filter(sources::containsKey).findFirst();
    if (given.isPresent()) {
      given.get().getMetadata().setUid(there.getMetadata().getUid());
      given.get().report(there.getStatus());
      lookup.put(given.get());
    } else {
      put(new Entry<>(null, there));
    }
  }

  /** Why a clone makes nothing may be another thing once others have made theirs. */
  private void settle() {
    steps.replaceAll(
        (clone, step) ->
            step.made() != null
                ? step
                : new Step<>(clone, logic.decide(clone.resource(), lookup), null));
  }

  static boolean isSourceNotFound(Verdict<?> verdict) {
    return verdict instanceof Verdict.Blocked<?> unmade && unmade.reason() == Reason.SourceNotFound;
  }
}
