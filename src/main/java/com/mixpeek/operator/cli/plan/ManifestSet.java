package com.mixpeek.operator.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.validation.ShippedCrds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The manifests of the four kinds, sorted out; all others are passed over. */
public final class ManifestSet {

  private static final String GROUP = "mixpeek.com/";
  static final String UNUSABLE =
      "This is missing or of a wrong type, so that nothing can be decided: kubectl-mixpeek validate"
          + " says what is expected.";

  private static final String API_VERSION = GROUP + "v1alpha1";

  private final String namespace;
  private final boolean asksCluster;
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Manifest> byName = new LinkedHashMap<>();
  private final Map<Manifest, Integer> order = new HashMap<>();
  private final Set<Manifest> unusable = new HashSet<>();

  /**
   * @param namespace of manifests that name none
   */
  public ManifestSet(List<Manifest> all, String namespace) {
    this(all, namespace, false);
  }

  /**
   * @param namespace of manifests that name none
   * @param asksCluster whether what is missing is looked for in a cluster
   */
  public ManifestSet(List<Manifest> all, String namespace, boolean asksCluster) {
    this.namespace = namespace;
    this.asksCluster = asksCluster;
    for (Manifest manifest : all) {
      if (manifest.apiVersion().startsWith(GROUP)) {
        order.put(manifest, order.size());
        sort(manifest);
      }
    }
  }

  private void sort(Manifest manifest) {
    if (!manifest.apiVersion().equals(API_VERSION) || kindOf(manifest) == null) {
      String field = manifest.apiVersion().equals(API_VERSION) ? "kind" : "apiVersion";
      findings.add(
          new Finding(
              manifest,
              field,
              "no matches for kind \"%s\" in version \"%s\""
                  .formatted(manifest.kind(), manifest.apiVersion())));
      return;
    }
    manifests.add(manifest);
    if (manifest.name().isEmpty()) {
      return;
    }
    String key = manifest.kind() + "/" + namespace(manifest) + "/" + manifest.name();
    Manifest before = byName.putIfAbsent(key, manifest);
    if (before != null) {
      unusable.add(manifest);
      findings.add(
          new Finding(
              manifest,
              "metadata.name",
              ("Another %s of this name stands at %s: rename or remove one, for the second that is"
                      + " applied would change the first.")
                  .formatted(manifest.kind(), before.location())));
    }
  }

  /** Manifests of the four kinds in the version that there is, in their order. */
  public List<Manifest> manifests() {
    return List.copyOf(manifests);
  }

  /** What is wrong with manifests that are therefore in no plan. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The order of the manifests, and of lines within one. */
  Comparator<Finding> order() {
    return Comparator.comparing((Finding finding) -> order.get(finding.manifest()))
        .thenComparing(finding -> finding.location().line());
  }

  /** What the manifests of one catalog kind come to. */
  public <C extends CloneResource<?>, R extends CatalogResource<?>> Plan<C, R> plan(
      CatalogKind<C, R> kind, Function<String, List<R>> elsewhere) {
    return Plan.of(
        kind, entries(kind.resourceType()), entries(kind.cloneType()), elsewhere, asksCluster);
  }

  private <T extends HasMetadata> List<Entry<T>> entries(Class<T> type) {
    List<Entry<T>> entries = new ArrayList<>();
    for (Manifest manifest : manifests) {
      if (manifest.kind().equals(type.getSimpleName()) && !unusable.contains(manifest)) {
        String problem = shape(manifest);
        try {
          if (problem.isEmpty()) {
            T resource = Resources.read(stored(manifest), type);
            resource.getMetadata().setNamespace(namespace(manifest));
            entries.add(new Entry<>(manifest, resource));
            continue;
          }
        } catch (JsonProcessingException e) {
          problem = "metadata";
        }
        unusable.add(manifest);
        findings.add(new Finding(manifest, problem, UNUSABLE));
      }
    }
    return entries;
  }

  /** What has been in a cluster has its defaults already. */
  private static ObjectNode stored(Manifest manifest) {
    return manifest.isExported()
        ? manifest.content()
        : ShippedCrds.completed(manifest.kind(), manifest.content());
  }

  /** The field without which nothing can be decided, empty if all are there. */
  private static String shape(Manifest manifest) {
    ObjectNode content = manifest.content();
    if (manifest.name().isEmpty()) {
      return "metadata.name";
    }
    if (!content.path("spec").isObject()) {
      return "spec";
    }
    CatalogKind<?, ?> kind = kindOf(manifest);
    if (!manifest.kind().equals(kind.cloneType().getSimpleName())) {
      return "";
    }
    JsonNode ref = content.at("/spec/sourceRef");
    boolean points =
        ref.path("name").isTextual()
            || ref.path(kind.nameField()).isTextual()
            || ref.path(kind.idField()).isTextual();
    if (!points) {
      return "spec.sourceRef";
    }
    boolean named = content.at("/spec/overrides").path(kind.nameField()).isTextual();
    return named ? "" : "spec.overrides." + kind.nameField();
  }

  private String namespace(Manifest manifest) {
    return manifest.namespace().isEmpty() ? namespace : manifest.namespace();
  }

  private static CatalogKind<?, ?> kindOf(Manifest manifest) {
    for (CatalogKind<?, ?> kind : List.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY)) {
      if (manifest.kind().equals(kind.name())
          || manifest.kind().equals(kind.cloneType().getSimpleName())) {
        return kind;
      }
    }
    return null;
  }
}
