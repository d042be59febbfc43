package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import java.util.List;
import java.util.Map;

/** What a clone's owner can no longer change once it has made its target, and nobody at all can. */
class CrdFrozenOnServerTest {

  @ForEachKind
  void theOrderIsFrozenOnceTheTargetIsNamed(CatalogKind<?, ?> kind) {
    Map<String, List<String>> changes =
        Map.of(
            "sourceRef",
            List.of(
                "{'name': 'other'}",
                "{'name': null, '%s': 'some_name'}".formatted(kind.nameField())),
            "overrides",
            List.of("{'%s': 'other_name'}".formatted(kind.nameField()), "{'description': ''}"),
            "targetName",
            List.of("'other-target'", "null"),
            "targetMetadata",
            List.of("{'labels': {'a': 'other'}}", "{'annotations': {'a': 'new'}}", "null"));
    try (TestNamespace namespace = TestNamespace.onRealServer("the freezing of clones")) {
      JsonResources resources = namespace.json();
      String bare = clones(kind) + "/bare";
      resources.create(cloneOf(kind, "bare", "origin", "bare_name"));
      String full = clones(kind) + "/full";
      ObjectNode clone = cloneOf(kind, "full", "origin", "full_name");
      spec(clone)
          .put("targetName", "target")
          .putObject("targetMetadata")
          .putObject("labels")
          .put("a", "b");
      resources.create(clone);

      resources.merge(full + "/status", "{'status': {'observedGeneration': 1}}").ok();
      changes.forEach(
          (field, values) ->
              values.forEach(
                  value ->
                      resources
                          .merge(
                              full + "?dryRun=All", "{'spec': {'%s': %s}}".formatted(field, value))
                          .ok()));

      resources.merge(full + "/status", "{'status': {'targetName': 'target'}}").ok();
      resources.merge(bare + "/status", "{'status': {'targetName': 'bare'}}").ok();
      changes.forEach(
          (field, values) ->
              values.forEach(
                  value ->
                      assertThat(
                              resources
                                  .merge(full, "{'spec': {'%s': %s}}".formatted(field, value))
                                  .invalid())
                          .contains(
                              "spec.%s: Invalid value".formatted(field),
                              "spec.%s is frozen once the clone has made its target"
                                  .formatted(field),
                              "create another %sClone".formatted(kind.name()))));
      assertThat(resources.merge(bare, "{'spec': {'targetName': 'bare'}}").invalid())
          .contains("spec.targetName is frozen");
      assertThat(resources.merge(bare, "{'spec': {'targetMetadata': {}}}").invalid())
          .contains("spec.targetMetadata is frozen");

      resources.merge(full, "{'spec': {'suspend': true, 'deletionPolicy': 'Delete'}}").ok();
      resources.merge(full, "{'spec': {'suspend': null, 'deletionPolicy': 'Retain'}}").ok();
      resources.merge(full, "{'metadata': {'labels': {'team': 'x'}}}").ok();
    }
  }

  @ForEachKind
  void whatWasAssignedCannotBeTakenBack(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("IDs that cannot be erased")) {
      JsonResources resources = namespace.json();
      resources.create(cloneOf(kind, "copy", "origin", "copy_name"));
      resources.create(source(kind, "origin", "origin_name"));
      String id = kind.idPrefix() + "0123456789";
      String assigned =
          "{'status': {'targetName': 'copy', '%s': '%s'}}".formatted(kind.idField(), id);
      resources.merge(clones(kind) + "/copy/status", assigned).ok();
      resources
          .merge(
              sources(kind) + "/origin/status",
              "{'status': {'%s': '%s'}}".formatted(kind.idField(), id))
          .ok();

      for (String resource : List.of(clones(kind) + "/copy", sources(kind) + "/origin")) {
        fieldStays(resources, resource, kind.idField());
        wholeStatusStays(resources, resource, kind.idField());
      }
      fieldStays(resources, clones(kind) + "/copy", "targetName");
      wholeStatusStays(resources, clones(kind) + "/copy", "targetName");
      assertThat(resources.get(clones(kind) + "/copy").at("/status/" + kind.idField()).asText())
          .isEqualTo(id);
    }
  }

  private static void fieldStays(JsonResources resources, String resource, String field) {
    String words = "status." + field + " was ";
    String pointer = "/status/" + field;
    for (String value : List.of("'other'", "null", "''")) {
      String change = "{'status': {'%s': %s}}".formatted(field, value);
      assertThat(resources.merge(resource + "/status", change).invalid())
          .contains(words, "cannot be changed or erased");
    }
    assertThat(
            resources
                .patch(resource + "/status", "[{'op': 'remove', 'path': '%s'}]".formatted(pointer))
                .invalid())
        .contains(words);
  }

  private static void wholeStatusStays(JsonResources resources, String resource, String field) {
    String words = "status." + field + " was ";
    JsonNode before = resources.get(resource);
    assertThat(resources.merge(resource + "/status", "{'status': null}").invalid()).contains(words);
    assertThat(
            resources
                .patch(resource + "/status", "[{'op': 'remove', 'path': '/status'}]")
                .invalid())
        .contains(words);
    assertThat(
            resources
                .patch(resource + "/status", "[{'op': 'replace', 'path': '/status', 'value': {}}]")
                .invalid())
        .contains(words);
    ObjectNode without = before.deepCopy();
    without.remove("status");
    assertThat(resources.put(resource + "/status", without).invalid()).contains(words);
    resources.put(resource, without).ok();
    assertThat(resources.get(resource).get("status")).isEqualTo(before.get("status"));
  }
}
