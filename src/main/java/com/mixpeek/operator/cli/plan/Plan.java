package com.mixpeek.operator.cli.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Verdict;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookup;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Plays through what the operator would do with a set of manifests of one catalog kind: gives each
 * Collection or Taxonomy its status, asks of each clone what is to be done, and creates its target,
 * until nothing is left that can go on. All of it happens to copies.
 *
 * <p>In which order the operator comes to them no one can know; here it is the order of the
 * manifests, and a clone whose source is yet to be created goes on the moment it is.
 */
public final class Plan<C extends CloneResource<?>, R extends CatalogResource<?>>
    implements Lookup<R> {

  private final CatalogKind<C, R> kind;
  private final Optional<Lister> cluster;
  private final CloneLogic<C, R> logic;
  private final InMemoryLookup<R> lookup;
  private final Placeholders placeholders = new Placeholders();
  private final Map<R, Origin> origins = new IdentityHashMap<>();
  private final Map<Manifest, R> given = new LinkedHashMap<>();
  private final List<R> found = new ArrayList<>();
  private final Map<ManifestResource<C>, Verdict<R>> verdicts = new IdentityHashMap<>();
  private final Map<ManifestResource<C>, R> targets = new IdentityHashMap<>();
  private final Map<String, List<ManifestResource<C>>> waiting = new LinkedHashMap<>();
  private final List<PlannedAction<C, R>> actions = new ArrayList<>();

  private Plan(CatalogKind<C, R> kind, Optional<Lister> cluster) {
    this.kind = kind;
    this.cluster = cluster;
    this.logic = new CloneLogic<>(kind);
    this.lookup = InMemoryLookup.of(kind, List.of());
  }

  /**
   * The plan for these manifests.
   *
   * @param cluster finds what else there is in a namespace; asked only for the namespace of a clone
   *     whose source is nowhere
   */
  public static <C extends CloneResource<?>, R extends CatalogResource<?>> Plan<C, R> of(
      CatalogKind<C, R> kind, ManifestSet manifests, Optional<Lister> cluster) {
    Plan<C, R> plan = new Plan<>(kind, cluster);
    List<ManifestResource<R>> resources = manifests.resources(kind.resourceType());
    List<ManifestResource<C>> clones = manifests.resources(kind.cloneType());
    resources.forEach(r -> plan.put(r.resource(), Origin.of(r.manifest())));
    for (ManifestResource<R> r : resources) {
      R reported = plan.placeholders.reported(kind, r.resource(), plan);
      plan.put(reported, plan.origin(r.resource()));
    }
    plan.run(clones);
    plan.lookIntoCluster();
    plan.runBlocked(clones);
    plan.conclude(clones);
    return plan;
  }

  public CatalogKind<C, R> kind() {
    return kind;
  }

  /** Whether sources that are not among the manifests are looked for in a cluster. */
  public boolean asksCluster() {
    return cluster.isPresent();
  }

  /** What the cluster has in a namespace, nothing if it is not to be asked. */
  public List<R> listCluster(String namespace) {
    return cluster.map(c -> c.list(kind.resourceType(), namespace)).orElseGet(List::of);
  }

  /** What becomes of each clone, in the order of the manifests. */
  public List<PlannedAction<C, R>> actions() {
    return List.copyOf(actions);
  }

  public Origin origin(R source) {
    return origins.get(source);
  }

  /** All Collections or Taxonomies of the manifests, in their order, with what they report. */
  public List<ManifestResource<R>> resources() {
    return given.entrySet().stream()
        .map(entry -> new ManifestResource<>(entry.getKey(), entry.getValue()))
        .toList();
  }

  public List<R> found() {
    return List.copyOf(found);
  }

  public boolean isPlaceholder(String id) {
    return placeholders.isId(id);
  }

  /**
   * What a clone creates, as a manifest that kubectl takes: without what only a cluster knows, and
   * without a namespace where the clone names none.
   */
  public ObjectNode manifest(PlannedAction.Create<C, R> create) {
    ObjectMeta known = placeholders.known(create.target().getMetadata());
    if (create.cloneResource().manifest().namespace().isEmpty()) {
      known.setNamespace(null);
    }
    return ResourceJson.write(create.target(), known);
  }

  /** What there is, created or given, that answers to one of the {@link Keys}. */
  @Override
  public List<R> find(String key) {
    return lookup.find(key);
  }

  private void put(R resource, Origin origin) {
    origins.put(resource, origin);
    lookup.put(resource);
    if (origin.isManifest()) {
      given.put(origin.manifest(), resource);
    }
  }

  private void run(Iterable<ManifestResource<C>> clones) {
    Queue<ManifestResource<C>> queue = new ArrayDeque<>();
    clones.forEach(queue::add);
    while (!queue.isEmpty()) {
      ManifestResource<C> clone = queue.remove();
      if (targets.containsKey(clone)) {
        continue;
      }
      Verdict<R> verdict = logic.decide(clone.resource(), lookup);
      verdicts.put(clone, verdict);
      if (verdict instanceof Verdict.Create<R> create) {
        R target =
            placeholders.reported(kind, placeholders.identified(kind, create.desired()), this);
        targets.put(clone, target);
        put(target, Origin.madeBy(clone.manifest()));
        Keys.of(kind, target).forEach(key -> queue.addAll(woken(key)));
      } else if (NoOpFindings.isSourceNotFound(verdict)) {
        waiting
            .computeIfAbsent(logic.sourceKey(clone.resource()), k -> new ArrayList<>())
            .add(clone);
      }
    }
  }

  private List<ManifestResource<C>> woken(String key) {
    return Optional.ofNullable(waiting.remove(key)).orElseGet(List::of);
  }

  /** Only what a clone waits for is taken from there: the rest is not what is asked about. */
  private void lookIntoCluster() {
    Map<String, List<R>> listed = new HashMap<>();
    for (String key : List.copyOf(waiting.keySet())) {
      listed.computeIfAbsent(waiting.get(key).get(0).namespace(), this::listCluster).stream()
          .filter(r -> Keys.of(kind, r).contains(key))
          .forEach(this::found);
    }
    for (String key : List.copyOf(waiting.keySet())) {
      if (!lookup.find(key).isEmpty()) {
        run(woken(key));
      }
    }
  }

  /** What is among the manifests too is as it stands there, under the ID that it has. */
  private void found(R there) {
    ObjectMeta metadata = there.getMetadata();
    Optional<Origin> here =
        lookup.find(Keys.name(metadata.getNamespace(), metadata.getName())).stream()
            .findFirst()
            .map(this::origin);
    if (here.filter(Origin::isManifest).isPresent()) {
      R known = given.get(here.get().manifest());
      put(ResourceJson.copy(kind, known, metadata.getUid(), there.getStatus()), here.get());
    } else if (origin(there) == null) {
      put(there, Origin.CLUSTER);
      found.add(there);
    }
  }

  /** Why a clone creates nothing may be another thing once others have created theirs. */
  private void runBlocked(List<ManifestResource<C>> clones) {
    int before;
    do {
      before = targets.size();
      run(clones.stream().filter(clone -> !targets.containsKey(clone)).toList());
    } while (targets.size() > before);
  }

  private void conclude(List<ManifestResource<C>> clones) {
    NoOpFindings<C, R> findings =
        new NoOpFindings<>(
            kind,
            asksCluster(),
            clones.stream().filter(clone -> !targets.containsKey(clone)).toList());
    for (ManifestResource<C> clone : clones) {
      Verdict<R> verdict = verdicts.get(clone);
      actions.add(
          verdict instanceof Verdict.Create<R> create
              ? new PlannedAction.Create<>(clone, current(create.source()), targets.get(clone))
              : new PlannedAction.NoOp<>(clone, verdict, findings.of(clone, verdict)));
    }
  }

  /** The source as it is after what the cluster says of it. */
  private R current(R source) {
    return given.getOrDefault(origin(source).manifest(), source);
  }
}
