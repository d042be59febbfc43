package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.lookup.Lookups;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** Says which references by name lead nowhere, each at the field to look at. */
record ReferenceFindings(Lookups lookups, Elsewhere elsewhere) {

  private static final List<Reason> OURS =
      List.of(Reason.ReferenceNotFound, Reason.ReferenceNotReady, Reason.ReferenceCycle);

  /** Whether the resource gets no ID for a reference that leads nowhere. */
  static boolean concern(CatalogResource<?> resource) {
    return reason(resource).filter(OURS::contains).isPresent();
  }

  /** What is wrong with a Collection or Taxonomy of a manifest. */
  Finding of(Manifest manifest, CatalogResource<?> resource) {
    return new Finding(
        manifest,
        "spec." + reference(resource).field(),
        reason(resource).orElseThrow(),
        message(resource));
  }

  /** What is wrong with what a clone would make: in its overrides, or copied from the source. */
  Finding of(Manifest clone, CatalogResource<?> target, boolean copied) {
    return new Finding(
        clone,
        copied ? "spec.sourceRef" : "spec.overrides." + reference(target).field(),
        reason(target).orElseThrow(),
        (copied ? "what is copied would get no ID: " : "") + message(target));
  }

  /** The reference that leads nowhere. */
  Reference reference(CatalogResource<?> resource) {
    Reason reason = reason(resource).orElseThrow();
    String said = said(resource);
    return resource.references().stream()
        .filter(
            reference ->
                reason == Reason.ReferenceNotFound
                    ? named(resource, reference).isEmpty()
                    : said.startsWith(reference.field() + " "))
        .findFirst()
        .orElseGet(() -> resource.references().get(0));
  }

  private String message(CatalogResource<?> resource) {
    Reference reference = reference(resource);
    return switch (reason(resource).orElseThrow()) {
      case ReferenceNotFound ->
          "There is no %s in namespace %s, %s"
              .formatted(
                  reference.target(), resource.getMetadata().getNamespace(), elsewhere.nowhere());
      case ReferenceNotReady ->
          isElsewhere(resource, reference)
              ? said(resource)
              : "%s is there, but gets no ID itself: see there.".formatted(reference.target());
      default -> said(resource);
    };
  }

  private boolean isElsewhere(CatalogResource<?> resource, Reference reference) {
    return named(resource, reference)
        .filter(target -> Lookups.isElsewhere(resource, reference, target))
        .isPresent();
  }

  private static String said(CatalogResource<?> resource) {
    return resource.ready().map(Condition::getMessage).orElse("");
  }

  private Optional<? extends CatalogResource<?>> named(
      CatalogResource<?> resource, Reference reference) {
    return lookups.named(resource.getMetadata().getNamespace(), reference);
  }

  private static Optional<Reason> reason(CatalogResource<?> resource) {
    return resource.ready().map(Condition::getReason).flatMap(Reason::named);
  }
}
