package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.SpecCheck;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.Numbers;
import com.mixpeek.operator.cli.validation.ShippedCrds;
import com.mixpeek.operator.clone.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything that is wrong with a set of manifests, each by itself and all together. */
public final class Inspection {

  private final ManifestSet set;
  private final List<Finding> findings = new ArrayList<>();

  /** Manifests that the API server would refuse: what follows from that is not told as well. */
  private final Set<Manifest> refused = new HashSet<>();

  private Inspection(ManifestSet set) {
    this.set = set;
  }

  /** The findings, in the order of the manifests and of their lines. */
  public static List<Finding> of(
      ManifestSet set,
      Plan<? extends CloneResource<?>, Collection> collections,
      Plan<? extends CloneResource<?>, ? extends CatalogResource<?>> taxonomies) {
    Inspection inspection = new Inspection(set);
    inspection.schemas(set.manifests());
    inspection.set();
    inspection.plan(collections);
    inspection.plan(taxonomies);
    inspection.passthroughs(collections);
    return inspection.sorted();
  }

  /**
   * What the API server would refuse of manifests and of what comes of them, where it has not
   * accepted them already, and what no plan can be made of.
   */
  public static List<Finding> refused(
      ManifestSet set,
      Plan<? extends CloneResource<?>, Collection> collections,
      Plan<? extends CloneResource<?>, ? extends CatalogResource<?>> taxonomies) {
    Inspection inspection = new Inspection(set);
    inspection.schemas(set.manifests().stream().filter(m -> !m.isExported()).toList());
    inspection.set();
    inspection.results(collections);
    inspection.results(taxonomies);
    return inspection.sorted();
  }

  private void schemas(List<Manifest> manifests) {
    List<List<Finding>> found =
        manifests.parallelStream()
            .map(
                manifest ->
                    ShippedCrds.validator(manifest.kind())
                        .create(Numbers.asSent(manifest.content()))
                        .stream()
                        .map(f -> new Finding(manifest, f.field(), f.message()))
                        .toList())
            .toList();
    for (List<Finding> ofOne : found) {
      ofOne.forEach(finding -> refused.add(finding.manifest()));
      findings.addAll(ofOne);
    }
  }

  private void set() {
    set.findings().stream()
        .filter(f -> !f.message().equals(ManifestSet.UNUSABLE) || !refused.contains(f.manifest()))
        .forEach(findings::add);
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void plan(Plan<C, R> plan) {
    for (Entry<R> entry : plan.resources()) {
      if (entry.manifest() != null) {
        resource(entry);
      }
    }
    results(plan);
    Unmade<C, R> unmade = new Unmade<>(plan);
    for (Step<C, R> step : plan.steps()) {
      if (step.made() == null && !Unmade.isAsWished(step.verdict())) {
        findings.add(unmade.finding(step));
        overrides(step);
      }
    }
  }

  /** What the operator would say of a Collection or Taxonomy that gets no ID. */
  private void resource(Entry<? extends CatalogResource<?>> entry) {
    CatalogResource<?> resource = entry.resource();
    resource
        .getStatus()
        .ready()
        .filter(ready -> !"True".equals(ready.getStatus()))
        .ifPresent(
            ready ->
                findings.add(
                    new Finding(
                        entry.manifest(),
                        field(ready.getReason(), ready.getMessage(), resource),
                        ready.getReason() + ": " + ready.getMessage())));
  }

  private static String field(String reason, String message, CatalogResource<?> resource) {
    CatalogKind<?, ?> kind =
        resource instanceof Collection ? CatalogKind.COLLECTION : CatalogKind.TAXONOMY;
    return switch (reason) {
      case "DuplicateName" -> "spec." + kind.nameField();
      case "DuplicateId" -> "spec." + kind.idField();
      case "InvalidConfig" -> "spec." + message.split("[: ]", 2)[0];
      default -> "";
    };
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void results(Plan<C, R> plan) {
    for (Step<C, R> step : plan.steps()) {
      if (step.verdict() instanceof Verdict.Create<R> create) {
        result(plan, step, create.source());
      }
    }
  }

  /** What comes of a valid source and valid overrides can be invalid all the same. */
  private <C extends CloneResource<?>, R extends CatalogResource<?>> void result(
      Plan<C, R> plan, Step<C, R> step, R source) {
    Entry<R> origin = plan.entry(source);
    boolean known =
        origin != null && origin.manifest() != null && refused.contains(origin.manifest());
    boolean accepted = step.order().manifest().isExported();
    if (known || accepted || refused.contains(step.order().manifest())) {
      return;
    }
    for (var problem :
        ShippedCrds.validator(plan.kind().name()).create(Numbers.asSent(plan.manifest(step)))) {
      findings.add(
          new Finding(
              step.order().manifest(),
              "spec.overrides" + problem.field().replaceFirst("^spec", ""),
              "InvalidOverrides: what would result is not a valid %s: %s: %s"
                  .formatted(plan.kind().name(), problem.field(), problem.message())));
    }
  }

  /** A clone that does not come so far may have more to be corrected. */
  private <C extends CloneResource<?>> void overrides(Step<C, ?> step) {
    SpecCheck.problem(step.order().resource().getSpec().getOverrides())
        .ifPresent(
            problem -> {
              Finding finding =
                  new Finding(
                      step.order().manifest(),
                      "spec.overrides." + problem.field(),
                      "InvalidOverrides: " + problem.message());
              if (findings.stream()
                  .noneMatch(
                      f ->
                          f.manifest() == finding.manifest()
                              && f.message().contains(problem.message()))) {
                findings.add(finding);
              }
            });
  }

  private void passthroughs(Plan<? extends CloneResource<?>, Collection> plan) {
    KnownOutput output = new KnownOutput(plan::find);
    for (Entry<Collection> entry : plan.resources()) {
      if (entry.manifest() != null) {
        for (KnownOutput.Missing missing : output.missing(entry.resource())) {
          findings.add(new Finding(entry.manifest(), "spec." + missing.field(), missing.message()));
        }
      }
    }
    for (var step : plan.steps()) {
      boolean changes =
          step.order().resource().getSpec().getOverrides().hasNonNull("featureExtractor")
              || step.order().resource().getSpec().getOverrides().hasNonNull("source");
      if (step.made() != null && changes) {
        for (KnownOutput.Missing missing : output.missing(step.made())) {
          findings.add(
              new Finding(
                  step.order().manifest(), "spec.overrides." + missing.field(), missing.message()));
        }
      }
    }
  }

  private List<Finding> sorted() {
    return new LinkedHashSet<>(findings).stream().sorted(set.order()).toList();
  }
}
