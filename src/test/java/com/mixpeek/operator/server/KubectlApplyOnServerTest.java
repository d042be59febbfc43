package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.overrides;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static com.mixpeek.operator.server.SampleResources.tree;
import static com.mixpeek.operator.testing.namespace.JsonResources.JSON;
import static com.mixpeek.operator.testing.namespace.JsonResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applying what is there already changes nothing and shows no difference, in both ways to apply.
 */
class KubectlApplyOnServerTest {

  private static final List<String> PLURALS =
      List.of("collections", "taxonomies", "collectionclones", "taxonomyclones");

  @ParameterizedTest
  @ValueSource(strings = {"", "--server-side --field-manager=a-person"})
  void appliedTwiceIsUnchanged(String mode) {
    try (TestNamespace namespace = TestNamespace.onRealServer("kubectl apply")) {
      JsonResources resources = namespace.json();
      Program kubectl = namespace.kubectl();
      // Of what it applies client-side kubectl takes every null for an order to delete the key.
      String manifest = mode.isEmpty() ? manifest().replace(":null", ":0") : manifest();
      List<String> first = kubectl.run(manifest, arguments("apply", mode)).lines();
      assertThat(first)
          .hasSize(7)
          .allMatch(l -> l.endsWith(mode.isEmpty() ? "created" : "applied"));
      // The server stores the default of status with the first write that follows the create.
      kubectl.run(manifest, arguments("apply", mode)).ok();
      nothingChanges(resources, kubectl, manifest, mode);
      assertThat(generations(resources)).containsOnly(1);

      namespace.startClusterWideOperator();
      kinds()
          .forEach(
              kind -> {
                resources.awaitReason(clones(kind) + "/copy", Reason.Cloned);
                resources.awaitReason(clones(kind) + "/owned", Reason.Cloned);
              });
      resources.awaitReason("taxonomies/tree", Reason.Assigned);
      nothingChanges(resources, kubectl, manifest, mode);
      assertThat(generations(resources)).containsOnly(1);

      namespace.stopOperator();
      String changed = manifest.replace("\"tree_name\"", "\"other_name\"");
      assertThat(kubectl.run(changed, arguments("diff", mode)).exit()).isEqualTo(1);
    }
  }

  private static void nothingChanges(
      JsonResources resources, Program kubectl, String manifest, String mode) {
    List<String> before = versions(resources);
    List<String> again = kubectl.run(manifest, arguments("apply", mode)).lines();
    if (mode.isEmpty()) {
      assertThat(again).allMatch(line -> line.endsWith(" unchanged"));
    }
    assertThat(versions(resources)).isEqualTo(before);
    CommandResult diff = kubectl.run(manifest, arguments("diff", mode));
    assertThat(diff.ok()).isEmpty();
  }

  @Test
  void aMisspeltFieldIsRefused() {
    try (TestNamespace namespace = TestNamespace.onRealServer("strict validation")) {
      JsonResources resources = namespace.json();
      Program kubectl = namespace.kubectl();
      for (CatalogKind<?, ?> kind : kinds().toList()) {
        ObjectNode clone = cloneOf(kind, "copy", "origin", "copy_name");
        overrides(clone).put("descripton", "d");
        ObjectNode source = source(kind, "origin", "origin_name");
        spec(source).put("descripton", "d");
        assertThat(kubectl.run(source.toString(), arguments("apply", "")).err())
            .contains("unknown field \"spec.descripton\"");
        assertThat(kubectl.run(clone.toString(), arguments("apply", "--server-side")).err())
            .contains("spec.overrides.descripton");
        assertThat(kubectl.run(clone.toString(), arguments("create", "")).err())
            .contains("unknown field \"spec.overrides.descripton\"");
        assertThat(resources.list(sources(kind))).isEmpty();
        assertThat(resources.list(clones(kind))).isEmpty();
      }
    }
  }

  private static Stream<CatalogKind<?, ?>> kinds() {
    return TestNamespace.kinds();
  }

  private static List<String> arguments(String verb, String mode) {
    List<String> arguments = new ArrayList<>(List.of(verb, "-f", "-"));
    Stream.of(mode.split(" ")).filter(word -> !word.isEmpty()).forEach(arguments::add);
    return arguments;
  }

  private static List<String> versions(JsonResources resources) {
    return PLURALS.stream()
        .flatMap(plural -> resources.list(plural).stream())
        .map(r -> r.at("/metadata/name").asText() + r.at("/metadata/resourceVersion").asText())
        .toList();
  }

  private static List<Integer> generations(JsonResources resources) {
    return PLURALS.stream()
        .flatMap(plural -> resources.list(plural).stream())
        .map(r -> r.at("/metadata/generation").asInt())
        .toList();
  }

  /** Sources of both kinds, and clones that override little and much. */
  private static String manifest() {
    ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    ArrayNode items = list.putArray("items");
    kinds()
        .forEach(
            kind -> {
              ObjectNode source = source(kind, "origin", "origin_name");
              items.add(source);
              items.add(cloneOf(kind, "copy", "origin", "copy_name"));
              ObjectNode owned = cloneOf(kind, "owned", "origin", "owned_name");
              overrides(owned).setAll(spec(source).deepCopy().retain(kind.overridable()));
              overrides(owned).put(kind.nameField(), "owned_name");
              spec(owned).put("deletionPolicy", "Delete").put("targetName", "owned-target");
              spec(owned).set("targetMetadata", json("{'labels': {'team': ''}}"));
              items.add(owned);
            });
    ObjectNode tree = source(CatalogKind.TAXONOMY, "tree", "tree_name");
    spec(tree).set("config", tree(20));
    items.add(tree);
    return list.toString();
  }
}
