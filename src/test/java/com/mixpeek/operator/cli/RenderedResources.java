package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.manifest.Numbers;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.LineDiff;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.Yaml;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code render} printed.
 *
 * @param text as it was printed
 * @param byName each resource by kind and name
 */
record RenderedResources(String text, Map<String, JsonNode> byName) {

  static RenderedResources of(CommandResult result) throws IOException {
    assertThat(result.exit()).as(result.err()).isLessThan(2);
    Map<String, JsonNode> byName = new TreeMap<>();
    Path file = Files.writeString(Files.createTempFile("rendered", ".yaml"), result.out());
    ManifestApplier.read(file)
        .forEach(manifest -> byName.put(key(manifest.content()), manifest.content()));
    Files.delete(file);
    return new RenderedResources(result.out(), byName);
  }

  /** Fails unless each has the ID of its source, but for sources that are yet to be made. */
  void assertSourcesKnown() {
    Set<String> made =
        byName.values().stream()
            .map(r -> r.at("/metadata/name").asText())
            .collect(Collectors.toSet());
    assertThat(byName.values())
        .filteredOn(r -> !made.contains(annotation(r, Annotations.SOURCE_NAME)))
        .hasSizeGreaterThan(2)
        .allMatch(r -> !annotation(r, Annotations.SOURCE_ID).isEmpty())
        .allMatch(r -> !annotation(r, Annotations.SOURCE_GENERATION).isEmpty());
  }

  /** A real server takes what is rendered, and kubectl reads in it what we do. */
  void assertAccepted(TestNamespace namespace) throws IOException {
    if (!namespace.server().real()) {
      return;
    }
    Path file = Files.writeString(Files.createTempFile("rendered", ".yaml"), text);
    String[] dryRun = {"--dry-run=server", "--validate=strict", "-f", file.toString()};
    Program kubectl = namespace.kubectl();
    kubectl.run(Stream.concat(Stream.of("apply"), Stream.of(dryRun)).toArray(String[]::new)).ok();
    String taken =
        kubectl
            .run(
                Stream.concat(Stream.of("create", "-o", "json"), Stream.of(dryRun))
                    .toArray(String[]::new))
            .ok();
    Files.delete(file);
    try (MappingIterator<JsonNode> each =
        new ObjectMapper().readerFor(JsonNode.class).readValues(taken)) {
      int number = 0;
      while (each.hasNext()) {
        JsonNode resource = each.next();
        number++;
        sameSpec(byName.get(key(resource)), resource);
        assertThat(resource.at("/metadata/labels"))
            .isEqualTo(byName.get(key(resource)).at("/metadata/labels"));
      }
      assertThat(number).isEqualTo(byName.size());
    }
  }

  /**
   * Waits until the operator has made what was rendered, and compares.
   *
   * @param maybeLacking labels and annotations that the rendered resources may lack
   */
  void assertMade(TestNamespace namespace, Set<String> maybeLacking) {
    Map<String, JsonNode> made = new TreeMap<>();
    byName
        .values()
        .forEach(
            r -> {
              String clones =
                  r.get("kind").asText().equals("Taxonomy")
                      ? "taxonomyclones/"
                      : "collectionclones/";
              namespace
                  .json()
                  .awaitReason(clones + annotation(r, Annotations.CLONED_BY), Reason.Cloned);
            });
    for (String plural : List.of("collections", "taxonomies")) {
      namespace.json().list(plural).stream()
          .filter(r -> r.at("/metadata/labels").has(Labels.CLONE_UID))
          .forEach(r -> made.put(key(r), r));
    }
    assertThat(made.keySet()).isEqualTo(byName.keySet());
    made.forEach((key, real) -> same(byName.get(key), real, maybeLacking));
  }

  private static void same(JsonNode rendered, JsonNode made, Set<String> maybeLacking) {
    sameSpec(rendered, made);
    for (String map : List.of("labels", "annotations")) {
      ObjectNode expected = rendered.at("/metadata/" + map).deepCopy();
      ObjectNode real = made.at("/metadata/" + map).deepCopy();
      maybeLacking.stream().filter(name -> !expected.has(name)).forEach(real::remove);
      assertThat(expected).as("%s of %s", map, key(made)).isEqualTo(real);
    }
    JsonNode owners = rendered.at("/metadata/ownerReferences");
    // An owner cannot be named without its UID.
    if (!owners.isMissingNode() || !maybeLacking.contains(Labels.CLONE_UID)) {
      assertThat(owners)
          .as("owners of %s", key(made))
          .isEqualTo(made.at("/metadata/ownerReferences"));
    }
    assertThat(rendered.path("metadata").properties().stream().map(Map.Entry::getKey))
        .isSubsetOf("name", "namespace", "labels", "annotations", "ownerReferences");
  }

  /** Rendered numbers stand as they were written; what they are is what is sent. */
  private static void sameSpec(JsonNode rendered, JsonNode made) {
    JsonNode expected = Numbers.asSent(rendered.get("spec"));
    JsonNode real = Numbers.asSent(made.get("spec"));
    if (!Yaml.same(expected, real)) {
      throw new AssertionError(
          "spec of %s, rendered (-) and made (+):%n%s"
              .formatted(key(made), LineDiff.of(Yaml.sorted(expected), Yaml.sorted(real))));
    }
  }

  private static String key(JsonNode resource) {
    return resource.get("kind").asText() + "/" + resource.at("/metadata/name").asText();
  }

  private static String annotation(JsonNode resource, String name) {
    return resource.at("/metadata/annotations").path(name).asText();
  }
}
