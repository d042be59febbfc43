package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
      RenderedResources rendered = render(namespace, "-f", manifests);
      assertThat(rendered.byName()).hasSizeGreaterThan(5);
      rendered.assertAccepted(namespace);
      namespace.startOperator();
      ManifestApplier.apply(namespace, files(manifests, any -> true));
      rendered.assertMade(namespace, OF_THE_CLUSTER);
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
      RenderedResources rendered = render(namespace, arguments.toArray(String[]::new));
      assertThat(rendered.byName()).hasSizeGreaterThan(5);
      rendered.assertAccepted(namespace);
      ManifestApplier.apply(namespace, clones);
      rendered.assertMade(namespace, OF_THE_CLUSTER);
      rendered.assertSourcesKnown();
    }
  }

  private RenderedResources render(TestNamespace namespace, String... arguments)
      throws IOException {
    Path kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
    return RenderedResources.of(
        MixpeekCommand.run(
            kubeconfig,
            Stream.concat(Stream.of("render"), Stream.of(arguments)).toArray(String[]::new)));
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
      RenderedResources rendered = render(namespace, "-f", export.toString());
      rendered.assertSourcesKnown();
      namespace.startOperator();
      // Of a source that is itself yet to be made, only the cluster will know these.
      rendered.assertMade(namespace, Set.of(Annotations.SOURCE_ID, Annotations.SOURCE_GENERATION));
    }
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
