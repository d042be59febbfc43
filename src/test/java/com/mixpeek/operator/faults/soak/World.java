package com.mixpeek.operator.faults.soak;

import static com.mixpeek.operator.faults.soak.Json.mark;
import static com.mixpeek.operator.faults.soak.Json.name;
import static com.mixpeek.operator.faults.soak.Json.text;
import static com.mixpeek.operator.faults.soak.Json.uid;
import static com.mixpeek.operator.testing.namespace.JsonResources.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.namespace.ApiResponse;
import com.mixpeek.operator.testing.namespace.JsonResources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What people do to a namespace's resources; it remembers what they wrote. */
final class World {

  private static final List<String> CLONES = List.of("c0", "c1", "c2");

  /** Few names, so that they meet; those of clones are less often taken by others. */
  private static final List<String> NAMES =
      List.of("c0", "c1", "c2", "r0", "r1", "r2", "r0", "r1", "r2");

  private static final List<String> CATALOG_NAMES =
      IntStream.range(0, 10).mapToObj(i -> "name_" + i).toList();

  private static final String HAND_MADE = "soak.example.com/hand-made";
  private static final String FINALIZER = "soak.example.com/finalizer";
  private static final int ATTEMPTS = 20;

  private final JsonResources api;
  private final CatalogKind<?, ?> kind;
  private final String resources;
  private final String clones;

  /** By UID. */
  private final Map<String, JsonNode> written = new HashMap<>();

  World(JsonResources api, CatalogKind<?, ?> kind) {
    this.api = api;
    this.kind = kind;
    this.resources = HasMetadata.getPlural(kind.resourceType());
    this.clones = HasMetadata.getPlural(kind.cloneType());
  }

  static boolean isMadeByOperator(JsonNode resource) {
    return resource.at("/metadata/labels").path(HAND_MADE).isMissingNode();
  }

  List<JsonNode> resources() {
    return api.list(resources);
  }

  List<JsonNode> clones() {
    return api.list(clones);
  }

  /** The spec as a person wrote it last; empty where nobody did. */
  Optional<JsonNode> writtenSpec(JsonNode resource) {
    return Optional.ofNullable(written.get(uid(resource))).map(r -> r.get("spec"));
  }

  void perform(Step step) {
    String resource = resources + "/" + step.choice(0, NAMES);
    String clone = clones + "/" + step.choice(0, CLONES);
    String catalogName = step.choice(1, CATALOG_NAMES);
    switch (step.action()) {
      case CREATE_RESOURCE -> createResource(step, newName(step), catalogName);
      case RENAME_RESOURCE -> change(resource, r -> spec(r).put(kind.nameField(), catalogName));
      case DESCRIBE_RESOURCE -> change(resource, r -> spec(r).put("description", "d" + step));
      case DELETE_RESOURCE -> delete(resource);
      case RECREATE_RESOURCE -> recreate(resource);
      case FREE_RESOURCE -> change(resource, r -> metadata(r).remove("finalizers"));
      case STRIP_RESOURCE -> change(resource, World::strip);
      case COPY_RESOURCE -> copy(resource, step.choice(1, NAMES), step.choice(2, CATALOG_NAMES));
      case CREATE_CLONE -> createClone(step);
      case RENAME_OVERRIDE -> change(clone, c -> renameOverride(c, catalogName));
      case SUSPEND_CLONE -> change(clone, c -> spec(c).put("suspend", true));
      case RESUME_CLONE -> change(clone, c -> spec(c).remove("suspend"));
      case TURN_POLICY -> change(clone, World::turnPolicy);
      case DELETE_CLONE -> delete(clone);
      case RECREATE_CLONE -> recreate(clone);
      default -> collectGarbage();
    }
  }

  private static ObjectNode spec(JsonNode resource) {
    return (ObjectNode) resource.get("spec");
  }

  private static ObjectNode metadata(JsonNode resource) {
    return (ObjectNode) resource.get("metadata");
  }

  private static void strip(ObjectNode resource) {
    if (!mark(resource).isEmpty()) {
      ((ObjectNode) resource.at("/metadata/labels")).remove("mixpeek.com/clone-uid");
      metadata(resource).remove("ownerReferences");
    }
  }

  private static void turnPolicy(ObjectNode clone) {
    boolean deletes = text(clone, "/spec/deletionPolicy").equals("Delete");
    spec(clone).put("deletionPolicy", deletes ? "Retain" : "Delete");
  }

  /** A real API server refuses it once there is a target, and so do we. */
  private void renameOverride(ObjectNode clone, String catalogName) {
    if (text(clone, "/status/targetName").isEmpty()) {
      ((ObjectNode) clone.at("/spec/overrides")).put(kind.nameField(), catalogName);
    }
  }

  private boolean isCollection() {
    return kind.equals(CatalogKind.COLLECTION);
  }

  private static String newName(Step step) {
    return step.choice(0, step.choice(3, 6) == 0 ? CLONES : NAMES.subList(3, 6));
  }

  private void createResource(Step step, String name, String catalogName) {
    ObjectNode resource = resource(kind.name(), name);
    metadata(resource).putObject("labels").put(HAND_MADE, "true");
    int variant = step.choice(2, 10);
    if (variant == 0) {
      metadata(resource).putArray("finalizers").add(FINALIZER);
    }
    ObjectNode spec = spec(resource).put(kind.nameField(), catalogName);
    boolean valid = variant != 1;
    spec.putObject("metadata").putArray("empty");
    spec.setAll(isCollection() ? extractor(valid) : config(valid));
    if (isCollection()) {
      spec.putObject("source").put("type", "bucket").putArray("bucketIds").add("bkt_a");
    }
    if (variant == 2 || variant == 3) {
      spec.put(kind.idField(), kind.idPrefix() + "pin" + variant);
    }
    post(resource);
  }

  private static ObjectNode extractor(boolean valid) {
    return json(
        "{'featureExtractor': {'featureExtractorName': 'x', 'version': 'v1'%s}}"
            .formatted(valid ? "" : ", 'inputMappings': 'text'"));
  }

  private static ObjectNode config(boolean valid) {
    return json(
        "{'config': {'taxonomyType': 'hierarchical', 'hierarchicalNodes': [{'collectionId': 'a'%s}]}}"
            .formatted(valid ? "" : ", 'parentCollectionId': 'b'"));
  }

  private void createClone(Step step) {
    ObjectNode clone = resource(kind.cloneType().getSimpleName(), step.choice(0, CLONES));
    ObjectNode reference = spec(clone).putObject("sourceRef");
    String source = step.choice(1, NAMES);
    switch (step.choice(3, 5)) {
      case 0 -> reference.put(kind.nameField(), step.choice(1, CATALOG_NAMES));
      case 1 -> reference.put(kind.idField(), id(source));
      default -> reference.put("name", source);
    }
    ObjectNode overrides = spec(clone).putObject("overrides");
    overrides.put(kind.nameField(), step.choice(2, CATALOG_NAMES));
    int variant = step.numbers().get(3) / 5;
    if (variant < 2) {
      overrides.setAll(isCollection() ? extractor(variant == 0) : config(variant == 0));
    }
    if (variant % 3 == 0) {
      overrides.put("description", "another");
      spec(clone).put("targetName", step.choice(2, NAMES));
    }
    if (variant % 4 < 2) {
      spec(clone).put("deletionPolicy", variant % 4 == 0 ? "Delete" : "Retain");
    }
    if (variant == 5) {
      spec(clone).put("suspend", true);
    }
    post(clone);
  }

  /** The ID of the resource, or one that may be pinned. */
  private String id(String name) {
    return Optional.ofNullable(api.get(resources + "/" + name))
        .map(Contract::idOf)
        .filter(id -> !id.isEmpty())
        .orElse(kind.idPrefix() + "pin2");
  }

  private static ObjectNode resource(String type, String name) {
    return json(
        "{'apiVersion': 'mixpeek.com/v1alpha1', 'kind': '%s', 'metadata': {'name': '%s'}, 'spec': {}}"
            .formatted(type, name));
  }

  private void copy(String resource, String name, String catalogName) {
    Optional.ofNullable(api.get(resource))
        .ifPresent(
            from -> {
              ObjectNode copy = manifest(from);
              metadata(copy).put("name", name);
              spec(copy).put(kind.nameField(), catalogName).remove(kind.idField());
              post(copy);
            });
  }

  private void recreate(String resource) {
    Optional.ofNullable(api.get(resource))
        .ifPresent(
            before -> {
              delete(resource);
              post(manifest(before));
            });
  }

  /** What a person keeps of it in a file. */
  private static ObjectNode manifest(JsonNode resource) {
    ObjectNode manifest = resource.deepCopy();
    manifest.remove("status");
    metadata(manifest).retain("name", "labels", "annotations");
    if (!text(resource, "/kind").endsWith("Clone")) {
      metadata(manifest).withObject("/labels").put(HAND_MADE, "true");
    }
    return manifest;
  }

  private void post(ObjectNode resource) {
    remember(api.post(resource));
  }

  private void change(String resource, Consumer<ObjectNode> change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      JsonNode now = api.get(resource);
      if (now == null) {
        return;
      }
      ObjectNode changed = now.deepCopy();
      change.accept(changed);
      ApiResponse response = changed.equals(now) ? null : api.put(resource, changed);
      if (response == null || response.code() != 409) {
        Optional.ofNullable(response).ifPresent(this::remember);
        return;
      }
    }
  }

  private void remember(ApiResponse response) {
    if (response.code() < 300) {
      written.put(uid(response.body()), response.body());
    } else if (response.code() != 409 && response.code() != 422 && response.code() != 404) {
      throw new IllegalStateException("The test was refused: " + response);
    }
  }

  private void delete(String resource) {
    api.send("DELETE", "application/json", api.path(resource), null);
  }

  /** As a cluster's garbage collector does, which a test's server may lack. */
  void collectGarbage() {
    Set<String> present = clones().stream().map(Json::uid).collect(Collectors.toSet());
    resources().stream()
        .filter(r -> !r.at("/metadata/ownerReferences").isEmpty())
        .filter(r -> present.stream().noneMatch(uid -> Json.isOwnedBy(r, uid)))
        .forEach(r -> delete(resources + "/" + name(r)));
  }
}
