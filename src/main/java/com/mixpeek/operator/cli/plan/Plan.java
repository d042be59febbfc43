package com.mixpeek.operator.cli.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.catalog.ReferenceCycles;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator would do with a set of manifests of one catalog kind: gives each Collection or
 * Taxonomy its status, asks of each clone what is to be done, and creates its target. {@link Plans}
 * has it do so until nothing is left that can go on. All of it happens to copies.
 *
 * <p>In which order the operator comes to them no one can know; here it is the order of the
 * manifests, and what waits for another goes on the moment that is there.
 */
public final class Plan<C extends CloneResource<?>, R extends CatalogResource<?>>
    implements Lookup<R> {

  private final CatalogKind<C, R> kind;
  private final Elsewhere elsewhere;
  private final CloneLogic<C, R> logic;
  final PlannedResources<R> resources;
  private final List<ManifestResource<C>> clones;
  private final Map<ManifestResource<C>, Verdict<R>> verdicts = new IdentityHashMap<>();
  final Map<ManifestResource<C>, R> targets = new IdentityHashMap<>();

  /** What Mixpeek says of sources that no resource stands for. */
  private final Map<ManifestResource<C>, R> remoteSources = new IdentityHashMap<>();

  /** Clones by the key that their source is to answer to: which is not there, or has no ID yet. */
  private final Map<String, List<ManifestResource<C>>> waiting = new LinkedHashMap<>();

  private final List<PlannedAction<C, R>> actions = new ArrayList<>();
  private final Turn turn;

  /** What is elsewhere is listed only where something refers to what is nowhere. */
  Plan(CatalogKind<C, R> kind, ManifestSet manifests, Elsewhere elsewhere, Turn turn) {
    this.turn = turn;
    this.kind = kind;
    this.elsewhere = elsewhere;
    this.logic = new CloneLogic<>(kind);
    this.resources = new PlannedResources<>(kind);
    this.clones = manifests.resources(kind.cloneType());
    manifests
        .resources(kind.resourceType())
        .forEach(r -> resources.put(r.resource(), Origin.of(r.manifest())));
  }

  public CatalogKind<C, R> kind() {
    return kind;
  }

  /** Where sources are looked for that are not among the manifests. */
  public Elsewhere elsewhere() {
    return elsewhere;
  }

  /** What becomes of each clone, in the order of the manifests. */
  public List<PlannedAction<C, R>> actions() {
    return List.copyOf(actions);
  }

  public Origin origin(R source) {
    return resources.origin(source);
  }

  /** All Collections or Taxonomies of the manifests, in their order, with what they report. */
  public List<ManifestResource<R>> resources() {
    return resources.given().entrySet().stream()
        .map(entry -> new ManifestResource<>(entry.getKey(), entry.getValue()))
        .toList();
  }

  public List<R> found() {
    return resources.found();
  }

  public boolean isPlaceholder(String id) {
    return resources.placeholders().isId(id);
  }

  /**
   * What a clone creates, as a manifest that kubectl takes: without what only a cluster knows, and
   * without a namespace where the clone names none.
   */
  public ObjectNode manifest(PlannedAction.Create<C, R> create) {
    ObjectMeta known = resources.placeholders().known(create.target().getMetadata());
    if (create.cloneResource().manifest().namespace().isEmpty()) {
      known.setNamespace(null);
    }
    return ResourceJson.write(create.target(), known);
  }

  /** What there is, created or given, that answers to one of the {@link Keys}. */
  @Override
  public List<R> find(String key) {
    return resources.find(key);
  }

  /** Gives each resource its status. */
  void report() {
    List.copyOf(resources.given().values()).forEach(r -> report(r, ReferenceCycles.NONE));
  }

  private R report(R before, ReferenceCycles cycles) {
    R now = resources.report(before, turn.lookups(), cycles);
    if (now.reportedId().isPresent() && before.reportedId().isEmpty()) {
      turn.wake(kind, now);
    }
    return now;
  }

  /** Has the clones decided that wait for what the resource answers to. */
  void wakeClones(R resource) {
    Keys.of(kind, resource).forEach(this::wake);
  }

  /** Gives the resources that refer to something their status anew. */
  void wakeReferrers(String key) {
    for (R referrer : List.copyOf(resources.find(key))) {
      turn.enqueue(
          () ->
              resources
                  .current(referrer)
                  .filter(r -> r.reportedId().isEmpty())
                  .ifPresent(r -> report(r, ReferenceCycles.NONE)));
    }
  }

  /** Says of those that wait for each other in a circle that they do. */
  void report(ReferenceCycles cycles) {
    resources.find(Keys.UNRESOLVED).stream()
        .filter(resource -> cycles.member(resource).isPresent())
        .toList()
        .forEach(member -> report(member, cycles));
  }

  private void enqueue(ManifestResource<C> clone) {
    turn.enqueue(() -> decide(clone));
  }

  private void decide(ManifestResource<C> clone) {
    if (targets.containsKey(clone)) {
      return;
    }
    Verdict<R> verdict = verdict(clone);
    verdicts.put(clone, verdict);
    if (verdict instanceof Verdict.Create<R> create) {
      R target = resources.placeholders().identified(kind, create.desired());
      targets.put(clone, target);
      resources.put(target, Origin.madeBy(clone.manifest()));
      R reported = report(target, ReferenceCycles.NONE);
      if (reported.reportedId().isEmpty()) {
        turn.wake(kind, reported);
      }
    } else if (verdict instanceof Verdict.Blocked<R> blocked
        && (blocked.reason() == Reason.SourceNotFound
            || blocked.reason() == Reason.SourceNotReady)) {
      waiting.computeIfAbsent(logic.sourceKey(clone.resource()), k -> new ArrayList<>()).add(clone);
    }
  }

  private Verdict<R> verdict(ManifestResource<C> clone) {
    Optional<R> remote = Optional.ofNullable(remoteSources.get(clone));
    Verdict<R> verdict = logic.decide(clone.resource(), resources, remote);
    if (!isWithoutTarget(clone, verdict)) {
      return verdict;
    }
    String key = targetKey(clone);
    Optional<R> made =
        elsewhere.list(kind, clone.namespace()).stream()
            .filter(r -> Keys.of(kind, r).contains(key))
            .findFirst();
    made.ifPresent(resources::found);
    return made.isPresent() ? logic.decide(clone.resource(), resources, remote) : verdict;
  }

  /** Whether it has made something that is not here: exported by itself, if it was not deleted. */
  private boolean isWithoutTarget(ManifestResource<C> clone, Verdict<R> verdict) {
    return verdict instanceof Verdict.Blocked<R> blocked
        && blocked.reason() == Reason.TargetMissing
        && resources.find(targetKey(clone)).isEmpty();
  }

  private String targetKey(ManifestResource<C> clone) {
    return Keys.name(clone.namespace(), clone.resource().getStatus().getTargetName());
  }

  /**
   * Whether it says so itself, and no cluster was asked that could know better; or the cluster says
   * so, and what it has made stands among the manifests by now.
   */
  private boolean isDone(ManifestResource<C> clone) {
    Verdict<R> verdict = verdicts.get(clone);
    if (verdict instanceof Verdict.Blocked<R> blocked && blocked.reason() == Reason.TargetExists) {
      return elsewhere
          .find(kind.cloneType(), clone)
          .filter(there -> there.isReported(Reason.Cloned))
          .filter(there -> there.getStatus().getTargetName().equals(clone.resource().targetName()))
          .isPresent();
    }
    return elsewhere.cluster().isEmpty()
        && isWithoutTarget(clone, verdict)
        && clone.resource().isReported(Reason.Cloned);
  }

  private void wake(String key) {
    Optional.ofNullable(waiting.remove(key)).orElseGet(List::of).forEach(this::enqueue);
  }

  /**
   * Of what the manifests give the catalog name of a source, the cluster may have one that is
   * older.
   */
  void lookForHolders() {
    Set<String> made =
        clones.stream()
            .map(ManifestResource::resource)
            .flatMap(clone -> logic.claims(clone).stream())
            .collect(Collectors.toSet());
    take(
        clones.stream()
            .map(ManifestResource::resource)
            .filter(clone -> clone.getSpec().getSourceRef().hasNonNull(kind.nameField()))
            .map(logic::sourceKey)
            .filter(key -> made.contains(key) || !resources.find(key).isEmpty())
            .toList());
  }

  /** Only what something waits for is taken from there: the rest is not what is asked about. */
  void lookIntoCluster() {
    take(waiting.keySet().stream().filter(key -> resources.find(key).isEmpty()).toList());
    for (String key : List.copyOf(waiting.keySet())) {
      if (!resources.find(key).isEmpty()) {
        wake(key);
      }
    }
  }

  /** Takes from the cluster what answers to one of the keys, there or as the manifests have it. */
  private void take(List<String> keys) {
    Map<String, List<R>> listed = new HashMap<>();
    for (String key : keys) {
      listed.computeIfAbsent(Keys.namespace(key), n -> elsewhere.list(kind, n)).stream()
          .filter(
              r -> answers(r, key) || resources.current(r).filter(h -> answers(h, key)).isPresent())
          .forEach(resources::found);
    }
  }

  private boolean answers(R resource, String key) {
    return Keys.of(kind, resource).contains(key);
  }

  /** Has the clones decided of whose sources Mixpeek alone may know. */
  void lookAtMixpeek() {
    for (ManifestResource<C> clone : left()) {
      if (logic.asksMixpeek(clone.resource(), resources)) {
        elsewhere
            .source(kind, clone.resource())
            .ifPresent(there -> remoteSources.put(clone, resources.foundAtMixpeek(there)));
        enqueue(clone);
      }
    }
  }

  /** Takes what a reference names from the cluster, and goes on with what refers to it. */
  void lookIntoCluster(String namespace, String name) {
    elsewhere.list(kind, namespace).stream()
        .filter(r -> r.getMetadata().getName().equals(name))
        .peek(resources::found)
        .forEach(there -> turn.wake(kind, there));
  }

  /** Has the clones decided that create nothing so far. */
  void decideLeft() {
    left().forEach(this::enqueue);
  }

  private List<ManifestResource<C>> left() {
    return clones.stream().filter(clone -> !targets.containsKey(clone)).toList();
  }

  /** Goes on as if what is waited for and nowhere were there; tells of how many. */
  int assume() {
    List<R> assumed = resources.assume();
    assumed.forEach(resource -> turn.wake(kind, resource));
    return assumed.size();
  }

  /** Says what becomes of each clone. */
  void conclude() {
    List<ManifestResource<C>> idle = left().stream().filter(clone -> !isDone(clone)).toList();
    NoOpFindings<C, R> findings = new NoOpFindings<>(kind, elsewhere, idle);
    for (ManifestResource<C> clone : clones) {
      Verdict<R> verdict = verdicts.get(clone);
      if (verdict instanceof Verdict.Create<R> create) {
        actions.add(
            new PlannedAction.Create<>(
                clone, current(create.source()), current(targets.get(clone))));
      } else {
        boolean done = isDone(clone);
        Finding finding = findings.of(clone, done ? new Verdict.Unchanged<>() : verdict);
        actions.add(new PlannedAction.NoOp<>(clone, verdict, finding, done));
      }
    }
  }

  /** The resource as it is by now. */
  private R current(R resource) {
    return resources.current(resource).orElse(resource);
  }
}
