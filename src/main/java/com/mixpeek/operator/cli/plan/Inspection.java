package com.mixpeek.operator.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.SpecCheck;
import com.mixpeek.operator.catalog.CatalogLogic;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.Numbers;
import com.mixpeek.operator.cli.validation.CrdValidator;
import com.mixpeek.operator.cli.validation.ShippedCrds;
import com.mixpeek.operator.cli.validation.Violation;
import com.mixpeek.operator.clone.Messages;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that is wrong with a set of manifests, each by itself and all together. */
public final class Inspection {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Plans plans;
  private final Map<Manifest, JsonNode> stored;
  private final List<Finding> findings = new ArrayList<>();

  /** Manifests that the API server would refuse: what follows from that is not told as well. */
  private final Set<Manifest> refused;

  /**
   * @param judged the manifests to judge by the CRDs
   * @param stored what the cluster has of some of them, which these would update
   */
  private Inspection(Plans plans, List<Manifest> judged, Map<Manifest, JsonNode> stored) {
    this.plans = plans;
    this.stored = stored;
    judged.parallelStream()
        .map(manifest -> violations(manifest, Optional.ofNullable(stored.get(manifest))))
        .toList()
        .forEach(findings::addAll);
    this.refused = findings.stream().map(Finding::manifest).collect(Collectors.toSet());
    findings.addAll(plans.manifests().findings());
    plans.manifests().unusable().stream()
        .filter(finding -> !refused.contains(finding.manifest()))
        .forEach(findings::add);
  }

  /**
   * The findings, in the order of the manifests and of their lines.
   *
   * @param cluster where given, a manifest of what it has is judged as an update of that
   */
  public static List<Finding> of(Plans plans, Optional<Lister> cluster) {
    List<Manifest> manifests = plans.manifests().manifests();
    Map<Manifest, JsonNode> stored = new HashMap<>();
    for (Manifest manifest : manifests) {
      cluster
          .flatMap(c -> plans.manifests().stored(manifest, c))
          .ifPresent(r -> stored.put(manifest, Numbers.asSent(JSON.valueToTree(r))));
    }
    Inspection inspection = new Inspection(plans, manifests, stored);
    plans.all().forEach(inspection::plan);
    inspection.passthroughs(plans.of(CatalogKind.COLLECTION));
    return inspection.sorted();
  }

  /**
   * What the API server would refuse of manifests and of what comes of them, where it has not
   * accepted them already, and what no plan can be made of.
   */
  public static List<Finding> refused(Plans plans) {
    List<Manifest> judged =
        plans.manifests().manifests().stream().filter(m -> !m.isExported()).toList();
    Inspection inspection = new Inspection(plans, judged, Map.of());
    plans.all().forEach(inspection::results);
    return inspection.sorted();
  }

  private static List<Finding> violations(Manifest manifest, Optional<JsonNode> stored) {
    CrdValidator validator = ShippedCrds.validator(manifest.kind());
    JsonNode sent = Numbers.asSent(manifest.content());
    List<Violation> violations =
        stored
            .map(old -> validator.update(old, withoutNulls(sent, old)))
            .orElseGet(() -> validator.create(sent));
    return violations.stream().map(v -> new Finding(manifest, v.field(), v.message())).toList();
  }

  /** To kubectl apply a null is what is to be removed: where nothing is, it changes nothing. */
  private static JsonNode withoutNulls(JsonNode sent, JsonNode stored) {
    if (sent instanceof ObjectNode object) {
      ObjectNode applied = JSON.createObjectNode();
      object.properties().stream()
          .filter(field -> !field.getValue().isNull() || stored.has(field.getKey()))
          .forEach(
              field ->
                  applied.set(
                      field.getKey(), withoutNulls(field.getValue(), stored.path(field.getKey()))));
      return applied;
    }
    if (sent.isArray()) {
      ArrayNode applied = JSON.createArrayNode();
      for (int i = 0; i < sent.size(); i++) {
        applied.add(withoutNulls(sent.get(i), stored.path(i)));
      }
      return applied;
    }
    return sent;
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void plan(Plan<C, R> plan) {
    plan.resources().stream()
        .map(
            given ->
                new ManifestResource<>(given.manifest(), plan.resources.told(given.resource())))
        .forEach(resource -> resource(plan.kind(), resource));
    results(plan);
    for (PlannedAction<C, R> action : plan.actions()) {
      if (action instanceof PlannedAction.NoOp<C, R> noOp && !noOp.isIntended()) {
        findings.add(noOp.finding());
        overrides(noOp);
      } else if (action instanceof PlannedAction.Create<C, R> create) {
        unresolved(plan, create);
      }
    }
  }

  /** It is rendered as if what it waits for were there, for files are seldom all that there is. */
  private <C extends CloneResource<?>, R extends CatalogResource<?>> void unresolved(
      Plan<C, R> plan, PlannedAction.Create<C, R> create) {
    Manifest clone = create.cloneResource().manifest();
    R source = plan.resources.told(create.source());
    boolean waits = ReferenceFindings.concern(source);
    if (waits) {
      String message = new Messages(plan.kind()).sourceNotReady(source);
      findings.add(new Finding(clone, "spec.sourceRef", Reason.SourceNotReady, message));
    }
    R target = plan.resources.told(create.target());
    if (ReferenceFindings.concern(target)) {
      String field = references().reference(target).field().split("[.\\[]", 2)[0];
      boolean copied = !clone.content().at("/spec/overrides").hasNonNull(field);
      if (!copied || !waits) {
        findings.add(references().of(clone, target, copied));
      }
    }
  }

  private ReferenceFindings references() {
    return new ReferenceFindings(plans.lookups(), plans.of(CatalogKind.COLLECTION).elsewhere());
  }

  /** What the operator would say of a Collection or Taxonomy that gets no ID. */
  private void resource(
      CatalogKind<?, ?> kind, ManifestResource<? extends CatalogResource<?>> given) {
    if (ReferenceFindings.concern(given.resource())) {
      findings.add(references().of(given.manifest(), given.resource()));
      return;
    }
    given
        .resource()
        .ready()
        .filter(ready -> !"True".equals(ready.getStatus()))
        .map(ready -> failed(kind, given, ready))
        .ifPresent(findings::add);
  }

  private Finding failed(
      CatalogKind<?, ?> kind,
      ManifestResource<? extends CatalogResource<?>> given,
      Condition ready) {
    Manifest manifest = given.manifest();
    Optional<Reason> known = Reason.named(ready.getReason());
    if (known.isEmpty()) {
      String message = ready.getReason() + ": " + ready.getMessage();
      return new Finding(manifest, "", known, message);
    }
    Reason reason = known.get();
    Optional<SpecCheck.Problem> problem =
        Optional.of(given.resource())
            .filter(resource -> reason == Reason.InvalidConfig)
            .flatMap(resource -> CatalogLogic.problem(resource, plans.lookups()));
    // What stands only in a file can be corrected there, immutable or not.
    boolean there = manifest.isExported() || stored.containsKey(manifest);
    String message =
        problem
            .filter(p -> !there)
            .map(p -> p.message().replaceFirst("\\.$", ", or remove its manifest."))
            .orElse(ready.getMessage());
    return new Finding(manifest, field(reason, kind, problem), known, message);
  }

  private static String field(
      Reason reason, CatalogKind<?, ?> kind, Optional<SpecCheck.Problem> problem) {
    return switch (reason) {
      case DuplicateName -> "spec." + kind.nameField();
      case DuplicateId -> "spec." + kind.idField();
      case InvalidConfig -> problem.map(p -> "spec." + p.field()).orElse("spec");
      default -> "";
    };
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void results(Plan<C, R> plan) {
    for (PlannedAction<C, R> action : plan.actions()) {
      if (action instanceof PlannedAction.Create<C, R> create) {
        result(plan, create);
      }
    }
  }

  /** What comes of a valid source and valid overrides can be invalid all the same. */
  private <C extends CloneResource<?>, R extends CatalogResource<?>> void result(
      Plan<C, R> plan, PlannedAction.Create<C, R> create) {
    Manifest clone = create.cloneResource().manifest();
    boolean fromRefused = refused.contains(plan.origin(create.source()).manifest());
    if (fromRefused || clone.isExported() || refused.contains(clone)) {
      return;
    }
    JsonNode target = Numbers.asSent(plan.manifest(create));
    for (Violation violation : ShippedCrds.validator(plan.kind().name()).create(target)) {
      findings.add(
          new Finding(
              clone,
              violation
                  .field()
                  .replaceFirst("^spec", "spec.overrides")
                  .replaceFirst("^metadata[.]name$", "spec.targetName")
                  .replaceFirst("^metadata", "spec.targetMetadata"),
              Reason.InvalidOverrides,
              "what would result is not a valid %s: %s: %s"
                  .formatted(plan.kind().name(), violation.field(), violation.message())));
    }
  }

  /** A clone that does not come so far may have more to be corrected. */
  private void overrides(PlannedAction.NoOp<?, ?> noOp) {
    if (noOp.finding().reason().filter(Reason.InvalidOverrides::equals).isEmpty()) {
      SpecCheck.problem(noOp.cloneResource().resource().getSpec().getOverrides())
          .map(
              problem ->
                  new Finding(
                      noOp.cloneResource().manifest(),
                      "spec.overrides." + problem.field(),
                      Reason.InvalidOverrides,
                      problem.message()))
          .ifPresent(findings::add);
    }
  }

  private void passthroughs(Plan<?, Collection> plan) {
    PassthroughCheck check = new PassthroughCheck(plan);
    for (ManifestResource<Collection> given : plan.resources()) {
      passthroughs(check, given.manifest(), "spec.", given.resource());
    }
    for (PlannedAction<?, Collection> action : plan.actions()) {
      ObjectNode overrides = action.cloneResource().resource().getSpec().getOverrides();
      boolean changes = overrides.hasNonNull("featureExtractor") || overrides.hasNonNull("source");
      if (changes && action instanceof PlannedAction.Create<?, Collection> create) {
        passthroughs(check, create.cloneResource().manifest(), "spec.overrides.", create.target());
      }
    }
  }

  private void passthroughs(
      PassthroughCheck check, Manifest manifest, String prefix, Collection collection) {
    for (SpecCheck.Problem missing : check.missing(collection)) {
      findings.add(new Finding(manifest, prefix + missing.field(), missing.message()));
    }
  }

  private List<Finding> sorted() {
    return new LinkedHashSet<>(findings).stream().sorted(plans.manifests().order()).toList();
  }
}
