package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.cluster.Lister;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a set of manifests comes to, a plan for each catalog kind. */
public final class Plans {

  private final ManifestSet manifests;
  private final Map<CatalogKind<?, ?>, Plan<?, ?>> plans = new LinkedHashMap<>();

  /**
   * @param cluster where sources are looked for that are not among the manifests
   */
  public Plans(ManifestSet manifests, Optional<Lister> cluster) {
    this.manifests = manifests;
    CatalogKind.ALL.forEach(kind -> plans.put(kind, Plan.of(kind, manifests, cluster)));
  }

  public ManifestSet manifests() {
    return manifests;
  }

  public List<Plan<?, ?>> all() {
    return List.copyOf(plans.values());
  }

  @SuppressWarnings("unchecked")
  public <C extends CloneResource<?>, R extends CatalogResource<?>> Plan<C, R> of(
      CatalogKind<C, R> kind) {
    return (Plan<C, R>) plans.get(kind);
  }

  /** What becomes of all clones. */
  public Stream<PlannedAction<?, ?>> actions() {
    return plans.values().stream().flatMap(plan -> plan.actions().stream());
  }
}
