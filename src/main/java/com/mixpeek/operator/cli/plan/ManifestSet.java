package com.mixpeek.operator.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Kinds;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.validation.ShippedCrds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The manifests of our kinds, read and sorted out; all others are passed over. Nothing is planned
 * of Connections, of which only the manifests are kept. Complete when it is built, and its
 * resources are only read.
 */
public final class ManifestSet {

  private static final String GROUP = "mixpeek.com/";
  private static final String API_VERSION = GROUP + "v1alpha1";
  private static final String UNUSABLE =
      "This is missing or of a wrong type, so that nothing can be decided: kubectl explain says what"
          + " is expected.";
  private static final String GENERATED =
      "A generateName is a name only once the resource is created, so that nothing here can find it,"
          + " and kubectl apply takes none: give it a metadata.name.";

  private final String namespace;
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Finding> unusable = new ArrayList<>();
  private final Map<Manifest, Integer> order = new HashMap<>();
  private final Map<Class<?>, List<ManifestResource<?>>> resources = new HashMap<>();

  /**
   * @param namespace of manifests that name none
   */
  public ManifestSet(List<Manifest> all, String namespace) {
    this.namespace = namespace;
    Map<String, Manifest> byName = new HashMap<>();
    for (Manifest manifest : all) {
      if (isOurs(manifest)) {
        order.put(manifest, order.size());
        add(manifest, byName);
      }
    }
  }

  private void add(Manifest manifest, Map<String, Manifest> byName) {
    Optional<Class<? extends HasMetadata>> type = type(manifest);
    if (!manifest.apiVersion().equals(API_VERSION) || type.isEmpty()) {
      findings.add(unknown(manifest));
      return;
    }
    manifests.add(manifest);
    String key = manifest.kind() + "/" + namespace(manifest) + "/" + manifest.name();
    Manifest before = manifest.name().isEmpty() ? null : byName.putIfAbsent(key, manifest);
    if (before != null) {
      String message =
          ("Another %s of this name stands at %s: rename or remove one, for the second that is"
                  + " applied would change the first.")
              .formatted(manifest.kind(), before.location());
      findings.add(new Finding(manifest, "metadata.name", message));
    } else {
      kindOf(type.get()).ifPresent(kind -> read(manifest, type.get(), kind));
    }
  }

  /**
   * By its group; or by its kind where there is none and it has the shape of a resource, which is a
   * slip and nobody else's.
   */
  private static boolean isOurs(Manifest manifest) {
    String version = manifest.apiVersion();
    ObjectNode content = manifest.content();
    boolean slip =
        !version.contains("/") && content.path("spec").isObject()
            || version.isEmpty() && (content.has("metadata") || content.size() == 1);
    return version.regionMatches(true, 0, GROUP, 0, GROUP.length())
        || slip && type(manifest).isPresent();
  }

  private static Finding unknown(Manifest manifest) {
    if (manifest.kind().isEmpty()) {
      return new Finding(manifest, "kind", "Object 'Kind' is missing");
    }
    String version = manifest.apiVersion();
    String message =
        version.isEmpty()
            ? "apiVersion not set: it is " + API_VERSION
            : "no matches for kind \"%s\" in version \"%s\"".formatted(manifest.kind(), version);
    return new Finding(manifest, version.equals(API_VERSION) ? "kind" : "apiVersion", message);
  }

  private void read(Manifest manifest, Class<? extends HasMetadata> type, CatalogKind<?, ?> kind) {
    String problem = shape(manifest, type, kind);
    if (problem.isEmpty()) {
      try {
        resources
            .computeIfAbsent(type, t -> new ArrayList<>())
            .add(new ManifestResource<>(manifest, resource(manifest, type)));
        return;
      } catch (JsonProcessingException e) {
        problem = "metadata";
      }
    }
    boolean generated =
        manifest.name().isEmpty() && manifest.content().at("/metadata/generateName").isTextual();
    unusable.add(new Finding(manifest, problem, generated ? GENERATED : UNUSABLE));
  }

  private <T extends HasMetadata> T resource(Manifest manifest, Class<T> type)
      throws JsonProcessingException {
    // What has been in a cluster has its defaults already.
    ObjectNode stored =
        manifest.isExported()
            ? manifest.content()
            : ShippedCrds.completed(manifest.kind(), manifest.content());
    T resource = ResourceJson.read(stored, type);
    resource.getMetadata().setNamespace(namespace(manifest));
    if (resource.getMetadata().getUid() == null) {
      resource.getMetadata().setUid(Placeholders.uid(order.get(manifest)));
    }
    return resource;
  }

  /** Manifests of our kinds in the version that there is, in their order. */
  public List<Manifest> manifests() {
    return List.copyOf(manifests);
  }

  /** Of a kind, all that something can be decided about, in their order. */
  @SuppressWarnings("unchecked")
  <T extends HasMetadata> List<ManifestResource<T>> resources(Class<T> type) {
    return (List<ManifestResource<T>>) (List<?>) resources.getOrDefault(type, List.of());
  }

  /** What is wrong with manifests that are therefore in no plan, whatever the CRDs say of them. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** What is wrong with manifests of which nothing can be read, which the CRDs say better. */
  List<Finding> unusable() {
    return List.copyOf(unusable);
  }

  /** What a cluster has of the name and in the namespace of a manifest. */
  Optional<? extends HasMetadata> stored(Manifest manifest, Lister cluster) {
    return cluster.find(type(manifest).orElseThrow(), namespace(manifest), manifest.name());
  }

  /** The order of the manifests, and of lines within one. */
  Comparator<Finding> order() {
    return Comparator.comparing((Finding finding) -> order.get(finding.manifest()))
        .thenComparing(finding -> finding.location().line());
  }

  /** The field without which nothing can be decided, empty if all are there. */
  private static String shape(
      Manifest manifest, Class<? extends HasMetadata> type, CatalogKind<?, ?> kind) {
    ObjectNode content = manifest.content();
    if (manifest.name().isEmpty()) {
      return "metadata.name";
    }
    if (!content.path("spec").isObject()) {
      return "spec";
    }
    if (type == kind.resourceType()) {
      return "";
    }
    JsonNode ref = content.at("/spec/sourceRef");
    if (Stream.of("name", kind.nameField(), kind.idField())
        .noneMatch(field -> ref.path(field).isTextual())) {
      return "spec.sourceRef";
    }
    boolean named = content.at("/spec/overrides").path(kind.nameField()).isTextual();
    return named ? "" : "spec.overrides." + kind.nameField();
  }

  private String namespace(Manifest manifest) {
    return manifest.namespace().isEmpty() ? namespace : manifest.namespace();
  }

  private static Optional<Class<? extends HasMetadata>> type(Manifest manifest) {
    return Kinds.TYPES.stream()
        .filter(type -> type.getSimpleName().equals(manifest.kind()))
        .findFirst();
  }

  /** The kind that is cloned or clones, empty for a Connection. */
  private static Optional<CatalogKind<?, ?>> kindOf(Class<? extends HasMetadata> type) {
    return CatalogKind.ALL.stream()
        .filter(kind -> type == kind.resourceType() || type == kind.cloneType())
        .findFirst();
  }
}
