package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.catalog.ReferenceCycles;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Lookups;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * What a set of manifests comes to, a plan for each catalog kind: played through together, for the
 * one kind may refer to the other.
 */
public final class Plans implements Turn {

  private final ManifestSet manifests;
  private final List<Plan<?, ?>> all;
  private final Lookups lookups;
  private final Queue<Runnable> work = new ArrayDeque<>();

  /**
   * @param elsewhere where is looked for what is not among the manifests
   */
  public Plans(ManifestSet manifests, Elsewhere elsewhere) {
    this.manifests = manifests;
    this.all =
        CatalogKind.ALL.stream()
            .<Plan<?, ?>>map(k -> new Plan<>(k, manifests, elsewhere, this))
            .toList();
    this.lookups = new Lookups(of(CatalogKind.COLLECTION), of(CatalogKind.TAXONOMY));
    all.forEach(Plan::lookForHolders);
    for (Plan<?, ?> plan : all) {
      plan.report();
      goOn();
    }
    decide();
    all.forEach(Plan::lookIntoCluster);
    if (elsewhere.cluster().isPresent()) {
      lookups.find(Keys.UNRESOLVED).forEach(this::lookIntoCluster);
    }
    goOn();
    if (elsewhere.mixpeek().isPresent()) {
      all.forEach(Plan::lookAtMixpeek);
      goOn();
    }
    // Why a clone creates nothing may be another thing once others have created theirs.
    int before;
    do {
      before = created();
      decide();
      ReferenceCycles cycles = ReferenceCycles.of(lookups.find(Keys.UNRESOLVED));
      all.forEach(plan -> plan.report(cycles));
      before -= all.stream().mapToInt(Plan::assume).sum();
      goOn();
    } while (created() > before);
    all.forEach(Plan::conclude);
  }

  public ManifestSet manifests() {
    return manifests;
  }

  public List<Plan<?, ?>> all() {
    return all;
  }

  @SuppressWarnings("unchecked")
  public <C extends CloneResource<?>, R extends CatalogResource<?>> Plan<C, R> of(
      CatalogKind<C, R> kind) {
    return (Plan<C, R>) all.get(CatalogKind.ALL.indexOf(kind));
  }

  public Stream<PlannedAction<?, ?>> actions() {
    return all.stream().flatMap(plan -> plan.actions().stream());
  }

  /** All that there is of both kinds, created or given. */
  @Override
  public Lookups lookups() {
    return lookups;
  }

  /** The ID that a reference is resolved to, empty where only a cluster is to assign it. */
  public Optional<String> known(CatalogResource<?> resource, Reference reference) {
    String namespace = resource.getMetadata().getNamespace();
    Plan<?, ?> plan = of(CatalogKind.named(reference.kind()));
    return lookups
        .named(namespace, reference)
        .flatMap(CatalogResource::reportedId)
        .filter(id -> !plan.isPlaceholder(id))
        .or(
            () ->
                plan.elsewhere().list(plan.kind(), namespace).stream()
                    .filter(r -> r.getMetadata().getName().equals(reference.name()))
                    .flatMap(r -> r.reportedId().stream())
                    .findFirst());
  }

  @Override
  public void enqueue(Runnable step) {
    work.add(step);
  }

  @Override
  public <R extends CatalogResource<?>> void wake(CatalogKind<?, R> kind, R resource) {
    of(kind).wakeClones(resource);
    var metadata = resource.getMetadata();
    String key = Keys.referrers(kind.name(), metadata.getNamespace(), metadata.getName());
    all.forEach(plan -> plan.wakeReferrers(key));
  }

  private void goOn() {
    for (Runnable step = work.poll(); step != null; step = work.poll()) {
      step.run();
    }
  }

  private void decide() {
    for (Plan<?, ?> plan : all) {
      plan.decideLeft();
      goOn();
    }
  }

  private int created() {
    return all.stream().mapToInt(plan -> plan.targets.size()).sum();
  }

  private void lookIntoCluster(CatalogResource<?> resource) {
    String namespace = resource.getMetadata().getNamespace();
    for (Reference reference : resource.references()) {
      if (lookups.named(namespace, reference).isEmpty()) {
        of(CatalogKind.named(reference.kind())).lookIntoCluster(namespace, reference.name());
      }
    }
  }
}
