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
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.LineDiff;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.TestServer;
import com.mixpeek.operator.testing.Yaml;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is rendered beforehand is what the operator then makes of the same files. */
@ParameterizedClass
@EnumSource(TestServer.class)
class RenderedTest {

  private static final List<String> SOURCES = List.of("collections", "taxonomies");
  private static final String EXAMPLES = "deploy/examples";
  private static final String ODD = "src/test/resources/rendering";

  /** What no file has: the rendered resource may lack these, and no others. */
  private static final Set<String> OF_THE_CLUSTER =
      Set.of(Labels.CLONE_UID, Annotations.SOURCE_ID, Annotations.SOURCE_GENERATION);

  @TempDir private Path folder;
  private final ApiServer server;

  RenderedTest(TestServer server) {
    this.server = server.orSkip("what is rendered against what is made");
  }

  @ParameterizedTest
  @ValueSource(strings = {EXAMPLES, ODD})
  void fromFilesAlone(String manifests) throws IOException {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      CommandResult result = render(namespace, "-f", manifests);
      Map<String, JsonNode> rendered = rendered(result);
      assertThat(rendered).hasSizeGreaterThan(5);
      accepted(namespace, rendered, result);
      namespace.startOperator();
      ManifestApplier.apply(namespace, files(manifests, any -> true));
      compare(namespace, rendered, OF_THE_CLUSTER);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EXAMPLES, ODD})
  void withTheSourcesInTheClusterOnly(String manifests) throws IOException {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      namespace.startOperator();
      ManifestApplier.apply(namespace, files(manifests, text -> !isClone(text)));
      for (String plural : SOURCES) {
        for (JsonNode source : resources.list(plural)) {
          String name = plural + "/" + source.at("/metadata/name").asText();
          resources.edit(name, spec -> spec.put("description", "Another."));
          resources.awaitReason(name, Reason.Assigned);
        }
      }
      Path[] clones = files(manifests, RenderedTest::isClone);
      List<String> arguments = new ArrayList<>(List.of("--from-cluster"));
      Stream.of(clones).forEach(file -> arguments.addAll(List.of("-f", file.toString())));
      CommandResult result = render(namespace, arguments.toArray(String[]::new));
      Map<String, JsonNode> rendered = rendered(result);
      assertThat(rendered).hasSizeGreaterThan(5);
      accepted(namespace, rendered, result);
      ManifestApplier.apply(namespace, clones);
      compare(namespace, rendered, OF_THE_CLUSTER);
      sourcesAreKnown(rendered);
    }
  }

  private CommandResult render(TestNamespace namespace, String... arguments) {
    Path kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
    return MixpeekCommand.run(
        kubeconfig,
        Stream.concat(Stream.of("render"), Stream.of(arguments)).toArray(String[]::new));
  }

  /** But for those that are themselves yet to be made. */
  private static void sourcesAreKnown(Map<String, JsonNode> rendered) {
    Set<String> made =
        rendered.values().stream()
            .map(r -> r.at("/metadata/name").asText())
            .collect(Collectors.toSet());
    assertThat(rendered.values())
        .filteredOn(r -> !made.contains(annotation(r, Annotations.SOURCE_NAME)))
        .hasSizeGreaterThan(2)
        .allMatch(r -> !annotation(r, Annotations.SOURCE_ID).isEmpty())
        .allMatch(r -> !annotation(r, Annotations.SOURCE_GENERATION).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {EXAMPLES, ODD})
  void ofWhatWasExportedBeforeItWasMade(String manifests) throws IOException {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      namespace.startOperator();
      ManifestApplier.apply(namespace, files(manifests, text -> !isClone(text)));
      for (String plural : SOURCES) {
        for (JsonNode source : resources.list(plural)) {
          resources.awaitReason(
              plural + "/" + source.at("/metadata/name").asText(), Reason.Assigned);
        }
      }
      namespace.stopOperator();
      ManifestApplier.apply(namespace, files(manifests, RenderedTest::isClone));
      ObjectNode list = new ObjectMapper().createObjectNode().put("kind", "List");
      list.put("apiVersion", "v1").putArray("items");
      for (String plural :
          List.of("taxonomyclones", "collectionclones", "taxonomies", "collections")) {
        resources.list(plural).forEach(list.withArray("items")::add);
      }
      Path export = Files.writeString(folder.resolve("export.json"), list.toString());
      Map<String, JsonNode> rendered = rendered(render(namespace, "-f", export.toString()));
      sourcesAreKnown(rendered);
      namespace.startOperator();
      // Of a source that is itself yet to be made, only the cluster will know these.
      compare(namespace, rendered, Set.of(Annotations.SOURCE_ID, Annotations.SOURCE_GENERATION));
    }
  }

  /** A real server takes what is rendered, and kubectl reads in it what we do. */
  private static void accepted(
      TestNamespace namespace, Map<String, JsonNode> rendered, CommandResult result)
      throws IOException {
    if (!namespace.server().real()) {
      return;
    }
    Path file = Files.writeString(Files.createTempFile("rendered", ".yaml"), result.out());
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
        sameSpec(rendered.get(key(resource)), resource);
        assertThat(resource.at("/metadata/labels"))
            .isEqualTo(rendered.get(key(resource)).at("/metadata/labels"));
      }
      assertThat(number).isEqualTo(rendered.size());
    }
  }

  private static void compare(
      TestNamespace namespace, Map<String, JsonNode> rendered, Set<String> maybeLacking) {
    Map<String, JsonNode> made = new TreeMap<>();
    rendered
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
    for (String plural : SOURCES) {
      namespace.json().list(plural).stream()
          .filter(r -> r.at("/metadata/labels").has(Labels.CLONE_UID))
          .forEach(r -> made.put(key(r), r));
    }
    assertThat(made.keySet()).isEqualTo(rendered.keySet());
    made.forEach((key, real) -> same(rendered.get(key), real, maybeLacking));
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

  /** Each document by kind and name. */
  private static Map<String, JsonNode> rendered(CommandResult result) throws IOException {
    assertThat(result.exit()).as(result.err()).isLessThan(2);
    Map<String, JsonNode> rendered = new TreeMap<>();
    Path file = Files.writeString(Files.createTempFile("rendered", ".yaml"), result.out());
    ManifestApplier.read(file)
        .forEach(manifest -> rendered.put(key(manifest.content()), manifest.content()));
    Files.delete(file);
    return rendered;
  }

  private static String key(JsonNode resource) {
    return resource.get("kind").asText() + "/" + resource.at("/metadata/name").asText();
  }

  private static String annotation(JsonNode resource, String name) {
    return resource.at("/metadata/annotations").path(name).asText();
  }

  private static boolean isClone(String text) {
    return text.lines().anyMatch(line -> line.matches("kind: \\w+Clone"));
  }

  private static Path[] files(String folder, Predicate<String> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
        if (wanted.test(Files.readString(file))) {
          found.add(file);
        }
      }
    }
    return found.toArray(Path[]::new);
  }
}
