package com.mixpeek.operator.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import com.mixpeek.operator.cli.manifest.YamlWriter;
import com.mixpeek.operator.cli.validation.ShippedCrds;
import com.mixpeek.operator.testing.Scenario;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is rendered of files is what the operator makes of the same resources as its client reads
 * them, all the way from the text of manifests to the text of manifests.
 */
class SameAsOperatorTest {

  private static final String CLONE = "in-clone.yaml";
  private static final String TARGET = "out-target.yaml";

  private static final AtomicInteger MADE = new AtomicInteger();

  /** The folder's manifests as they are; what comes of them is the golden target, too. */
  @TestFactory
  Stream<DynamicTest> everyGoldenScenario() {
    return Scenario.all("clone", CLONE, Set.of(TARGET, "out-status.yaml")).stream()
        .map(s -> dynamicTest(s.name(), s.uri(), () -> golden(s)));
  }

  private static void golden(Scenario scenario) {
    List<String> names = new ArrayList<>(scenario.others());
    names.add(CLONE);
    List<String> files = names.stream().map(n -> scenario.folder().resolve(n).toString()).toList();
    ManifestSet set = new ManifestSet(files(null).read(files), "default");
    List<JsonNode> resources = names.stream().map(scenario::yaml).toList();

    check(set, resources, SimulatedOperator::same);

    if (names.size() > 1 && scenario.folder().resolve(TARGET).toFile().exists()) {
      ObjectNode expected = (ObjectNode) scenario.yaml(TARGET);
      check(set, resources, (rendered, made) -> SimulatedOperator.same(rendered, expected));
    }
  }

  /**
   * Resources out of a cluster: to the last digit, with labels, annotations, owners and the IDs
   * that exist.
   */
  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void generatedOutOfACluster(@ForAll long seed) {
    List<ObjectNode> resources = RandomResources.of(seed);
    ManifestSet set = new ManifestSet(read(resources, SameAsOperatorTest::json), "default");
    Set<String> given =
        resources.stream().map(SameAsOperatorTest::title).collect(Collectors.toSet());
    MADE.addAndGet(
        check(
            set,
            List.copyOf(resources),
            (rendered, made) -> {
              ObjectNode annotations = made.withObject("/metadata/annotations");
              String source = annotations.path(Annotations.SOURCE_NAME).asText();
              String namespace = made.at("/metadata/namespace").asText();
              if (!given.contains(made.path("kind").asText() + namespace + source)) {
                annotations.remove(List.of(Annotations.SOURCE_ID, Annotations.SOURCE_GENERATION));
              }
              SimulatedOperator.same(rendered, made);
            }));
  }

  /** What YAML's readers refuse unless it is escaped is escaped. */
  private static String json(JsonNode resource) {
    StringBuilder json = new StringBuilder();
    for (char c : resource.toString().toCharArray()) {
      json.append(c < 0x7f ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return json.toString();
  }

  private static String title(JsonNode resource) {
    JsonNode metadata = resource.path("metadata");
    return resource.path("kind").asText()
        + metadata.path("namespace").asText()
        + metadata.path("name").asText();
  }

  /** Manifests that no cluster has seen: what only a cluster gives is left out. */
  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void generatedInFiles(@ForAll long seed) {
    List<ObjectNode> resources = RandomResources.of(seed);
    List<JsonNode> stored = new ArrayList<>();
    List<ObjectNode> manifests = new ArrayList<>();
    for (ObjectNode resource : resources) {
      // In files none is older than another: what stands first is taken for it.
      String number = Integer.toString(stored.size());
      resource.withObject("/metadata").put("uid", "uid-" + number);
      resource
          .withObject("/metadata")
          .put("creationTimestamp", "2025-06-01T00:00:0%sZ".formatted(number));
      stored.add(ShippedCrds.completed(resource.path("kind").asText(), resource));
      ObjectNode manifest = resource.deepCopy();
      manifest.withObject("/metadata").remove(List.of("uid", "generation", "creationTimestamp"));
      manifests.add(manifest);
    }
    ManifestSet set = new ManifestSet(read(manifests, YamlWriter::write), "default");
    MADE.addAndGet(
        check(
            set,
            stored,
            (rendered, made) -> {
              made.withObject("/metadata/labels").remove(Labels.CLONE_UID);
              ObjectNode annotations = made.withObject("/metadata/annotations");
              annotations.remove(Annotations.SOURCE_GENERATION);
              if (!rendered.at("/metadata/annotations").has(Annotations.SOURCE_ID)) {
                assertThat(annotations.remove(Annotations.SOURCE_ID).asText())
                    .doesNotContain("pinned");
              }
              made.withObject("/metadata").remove("ownerReferences");
              SimulatedOperator.same(rendered, made);
            }));
  }

  /** Else the two properties would have compared nothing with nothing. */
  @AfterContainer
  static void muchWasMade() {
    assertThat(MADE.get()).isGreaterThan(1000);
  }

  private static int check(
      ManifestSet set, List<JsonNode> resources, SimulatedOperator.Comparison comparison) {
    int made =
        SimulatedOperator.check(
            new Plans(set, Elsewhere.NOWHERE).of(CatalogKind.COLLECTION), resources, comparison);
    made +=
        SimulatedOperator.check(
            new Plans(set, Elsewhere.NOWHERE).of(CatalogKind.TAXONOMY), resources, comparison);
    assertThat(set.findings()).isEmpty();
    return made;
  }

  private static List<Manifest> read(
      List<ObjectNode> manifests, java.util.function.Function<JsonNode, String> write) {
    String text = manifests.stream().map(write).collect(Collectors.joining("\n---\n"));
    return files(text).read(List.of("-"));
  }

  private static ManifestFiles files(String stdin) {
    byte[] bytes = stdin == null ? new byte[0] : stdin.getBytes(StandardCharsets.UTF_8);
    return new ManifestFiles(
        new ByteArrayInputStream(bytes),
        sentence -> {
          throw new AssertionError(sentence + "\n" + stdin);
        });
  }
}
