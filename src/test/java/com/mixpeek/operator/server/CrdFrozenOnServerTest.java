package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static com.mixpeek.operator.server.Manifests.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a clone's owner can no longer change once it has made its target, and nobody at all can. */
class CrdFrozenOnServerTest {

  private static final String KINDS = "com.mixpeek.operator.server.Manifests#kinds";

  @ParameterizedTest
  @MethodSource(KINDS)
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
    try (Scene scene = new Scene("the freezing of clones")) {
      String bare = clones(kind) + "/bare";
      scene.create(cloneOf(kind, "bare", "origin", "bare_name"));
      String full = clones(kind) + "/full";
      ObjectNode clone = cloneOf(kind, "full", "origin", "full_name");
      spec(clone)
          .put("targetName", "target")
          .putObject("targetMetadata")
          .putObject("labels")
          .put("a", "b");
      scene.create(clone);

      scene.merge(full + "/status", "{'status': {'observedGeneration': 1}}").ok();
      changes.forEach(
          (field, values) ->
              values.forEach(
                  value ->
                      scene
                          .merge(
                              full + "?dryRun=All", "{'spec': {'%s': %s}}".formatted(field, value))
                          .ok()));

      scene.merge(full + "/status", "{'status': {'targetName': 'target'}}").ok();
      scene.merge(bare + "/status", "{'status': {'targetName': 'bare'}}").ok();
      changes.forEach(
          (field, values) ->
              values.forEach(
                  value ->
                      assertThat(
                              scene
                                  .merge(full, "{'spec': {'%s': %s}}".formatted(field, value))
                                  .invalid())
                          .contains(
                              "spec.%s: Invalid value".formatted(field),
                              "spec.%s is frozen once the clone has made its target"
                                  .formatted(field),
                              "create another %sClone".formatted(kind.name()))));
      assertThat(scene.merge(bare, "{'spec': {'targetName': 'bare'}}").invalid())
          .contains("spec.targetName is frozen");
      assertThat(scene.merge(bare, "{'spec': {'targetMetadata': {}}}").invalid())
          .contains("spec.targetMetadata is frozen");

      scene.merge(full, "{'spec': {'suspend': true, 'deletionPolicy': 'Delete'}}").ok();
      scene.merge(full, "{'spec': {'suspend': null, 'deletionPolicy': 'Retain'}}").ok();
      scene.merge(full, "{'metadata': {'labels': {'team': 'x'}}}").ok();
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void whatWasToldCannotBeTakenBack(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("IDs that cannot be erased")) {
      scene.create(cloneOf(kind, "copy", "origin", "copy_name"));
      scene.create(source(kind, "origin", "origin_name"));
      String id = kind.idPrefix() + "0123456789";
      String told = "{'status': {'targetName': 'copy', '%s': '%s'}}".formatted(kind.idField(), id);
      scene.merge(clones(kind) + "/copy/status", told).ok();
      scene
          .merge(
              sources(kind) + "/origin/status",
              "{'status': {'%s': '%s'}}".formatted(kind.idField(), id))
          .ok();

      for (String resource : List.of(clones(kind) + "/copy", sources(kind) + "/origin")) {
        fieldStays(scene, resource, kind.idField());
        wholeStatusStays(scene, resource, kind.idField());
      }
      fieldStays(scene, clones(kind) + "/copy", "targetName");
      wholeStatusStays(scene, clones(kind) + "/copy", "targetName");
      assertThat(scene.get(clones(kind) + "/copy").at("/status/" + kind.idField()).asText())
          .isEqualTo(id);
    }
  }

  private static void fieldStays(Scene scene, String resource, String field) {
    String words = "status." + field + " was ";
    String pointer = "/status/" + field;
    for (String value : List.of("'other'", "null", "''")) {
      String change = "{'status': {'%s': %s}}".formatted(field, value);
      assertThat(scene.merge(resource + "/status", change).invalid())
          .contains(words, "cannot be changed or erased");
    }
    assertThat(
            scene
                .patch(resource + "/status", "[{'op': 'remove', 'path': '%s'}]".formatted(pointer))
                .invalid())
        .contains(words);
  }

  private static void wholeStatusStays(Scene scene, String resource, String field) {
    String words = "status." + field + " was ";
    JsonNode before = scene.get(resource);
    assertThat(scene.merge(resource + "/status", "{'status': null}").invalid()).contains(words);
    assertThat(scene.patch(resource + "/status", "[{'op': 'remove', 'path': '/status'}]").invalid())
        .contains(words);
    assertThat(
            scene
                .patch(resource + "/status", "[{'op': 'replace', 'path': '/status', 'value': {}}]")
                .invalid())
        .contains(words);
    ObjectNode without = before.deepCopy();
    without.remove("status");
    assertThat(scene.put(resource + "/status", without).invalid()).contains(words);
    scene.put(resource, without).ok();
    assertThat(scene.get(resource).get("status")).isEqualTo(before.get("status"));
  }
}
