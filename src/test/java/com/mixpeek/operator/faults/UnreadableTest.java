package com.mixpeek.operator.faults;

import static com.mixpeek.operator.testing.namespace.JsonResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.ApiResponse;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;

/** What this version cannot read is passed over, and stops nothing else of its kind. */
class UnreadableTest {

  /** Single quotes stand for double ones. */
  private static final List<String> CLONES =
      List.of(
          "'spec': null",
          "'spec': 'text'",
          "'spec': []",
          "'spec': {}",
          "'spec': {'sourceRef': 'origin', 'overrides': {}}",
          "'spec': {'sourceRef': {'name': 'origin'}, 'overrides': []}",
          "'spec': {'sourceRef': {'name': 'origin'}}",
          "'spec': {'sourceRef': {'name': 'origin'}, 'overrides': {}, 'suspend': 'for a while'}",
          "'spec': {'sourceRef': {'name': 'origin'}, 'overrides': {}, 'deletionPolicy': {'a': 1}}",
          "'spec': {'sourceRef': {'name': 'origin'}, 'overrides': {}, 'targetName': {'a': 1}}",
          "'spec': {'sourceRef': {'name': 'origin'}, 'overrides': {}, 'targetMetadata': 'a'}",
          "%s, 'status': 'new'",
          "%s, 'status': {'conditions': {'Ready': 'True'}}",
          "%s, 'status': {'conditions': [{'type': {}}]}",
          "%s, 'status': {'observedGeneration': 'first'}",
          "%s, 'status': {'targetName': {'a': 1}}",
          "%s, 'status': {'sourceGeneration': [1]}",
          "%s, 'status': {'overriddenFields': {'a': 1}}",
          "%s, 'status': {'%s': ['x']}");

  private static final List<String> RESOURCES =
      List.of(
          "'spec': null",
          "'spec': 'text'",
          "'spec': []",
          "%s, 'status': 'new'",
          "%s, 'status': {'conditions': {'Ready': 'True'}}",
          "%s, 'status': {'conditions': [{'type': {}}]}",
          "%s, 'status': {'observedGeneration': 'first'}",
          "%s, 'status': {'%s': ['x']}");

  private static final String LABEL =
      "[{'op': 'add', 'path': '/metadata/labels', 'value': {'seen': 'again'}}]";

  @ForEachKind
  void isPassedOver(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace =
        new TestNamespace(TestServer.EMBEDDED.orSkip("what cannot be read"))) {
      check(namespace, kind);
    }
  }

  /** Listed at the start, and brought by the watch. */
  static void check(TestNamespace namespace, CatalogKind<?, ?> kind) {
    TypedResources<?, ?> resources = namespace.resources(kind);
    List<String> paths = unreadable(kind).flatMap(r -> create(namespace, kind, r)).toList();
    assertThat(paths).hasSizeGreaterThan(10);
    namespace.startOperator();
    resources.createResource("origin", "origin_name");
    resources.createClone("first", "origin", "first_name");
    resources.awaitReason("first", Reason.Cloned);
    assertThat(unreadable(namespace, kind)).isEqualTo(paths.size());
    List<JsonNode> before =
        paths.stream()
            .map(path -> namespace.json().patch(path, LABEL))
            .map(response -> response.ok())
            .toList();
    resources.createClone("second", "origin", "second_name");
    resources.awaitReason("second", Reason.Cloned);
    assertThat(unreadable(namespace, kind)).isEqualTo(paths.size());
    assertThat(paths).map(path -> namespace.json().get(path)).isEqualTo(before);
  }

  /** The path of the resource, empty where even a server with a lax schema refuses it. */
  private static Stream<String> create(
      TestNamespace namespace, CatalogKind<?, ?> kind, ObjectNode resource) {
    JsonNode status = resource.get("status");
    ApiResponse response = namespace.json().post(resource);
    if (response.code() == 422) {
      return Stream.of();
    }
    ObjectNode created = (ObjectNode) response.ok();
    String path = plural(kind, created) + "/" + created.at("/metadata/name").asText();
    if (status != null) {
      response = namespace.json().put(path + "/status", created.set("status", status));
      if (response.code() == 422) {
        namespace.json().delete(path);
        return Stream.of();
      }
      response.ok();
    }
    return Stream.of(path);
  }

  private static double unreadable(TestNamespace namespace, CatalogKind<?, ?> kind) {
    return Stream.of(kind.resourceType(), kind.cloneType())
        .mapToDouble(
            type ->
                namespace
                    .operator()
                    .metrics()
                    .get("mixpeek.unreadable.resources")
                    .tag("kind", type.getSimpleName())
                    .gauge()
                    .value())
        .sum();
  }

  private static Stream<ObjectNode> unreadable(CatalogKind<?, ?> kind) {
    String spec = "'spec': {'%s': 'unreadable_name'}".formatted(kind.nameField());
    String order =
        "'spec': {'sourceRef': {'name': 'origin'}, 'overrides': {'%s': 'unreadable_name'}}"
            .formatted(kind.nameField());
    return Stream.concat(
        RESOURCES.stream().map(body -> resource(kind, kind.resourceType(), body, spec)),
        CLONES.stream().map(body -> resource(kind, kind.cloneType(), body, order)));
  }

  private static ObjectNode resource(
      CatalogKind<?, ?> kind, Class<? extends HasMetadata> type, String body, String spec) {
    return json(
        "{'apiVersion': 'mixpeek.com/v1alpha1', 'kind': '%s', 'metadata': {'name': 'u-%08x'}, %s}"
            .formatted(
                type.getSimpleName(), body.hashCode(), body.formatted(spec, kind.idField())));
  }

  private static String plural(CatalogKind<?, ?> kind, JsonNode resource) {
    boolean isClone = resource.path("kind").asText().equals(kind.cloneType().getSimpleName());
    return HasMetadata.getPlural(isClone ? kind.cloneType() : kind.resourceType());
  }
}
