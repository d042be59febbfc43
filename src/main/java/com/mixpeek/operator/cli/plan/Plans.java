package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.cluster.Lister;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a set of manifests comes to, a plan for each catalog kind. */
public record Plans(ManifestSet manifests, List<Plan<?, ?>> all) {

  /**
   * @param cluster where sources are looked for that are not among the manifests
   */
  public Plans(ManifestSet manifests, Optional<Lister> cluster) {
    this(
        manifests,
        CatalogKind.ALL.stream().<Plan<?, ?>>map(k -> Plan.of(k, manifests, cluster)).toList());
  }

  @SuppressWarnings("unchecked")
  public <C extends CloneResource<?>, R extends CatalogResource<?>> Plan<C, R> of(
      CatalogKind<C, R> kind) {
    return (Plan<C, R>) all.get(CatalogKind.ALL.indexOf(kind));
  }

  public Stream<PlannedAction<?, ?>> actions() {
    return all.stream().flatMap(plan -> plan.actions().stream());
  }
}
