package com.mixpeek.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.mixpeek.operator.cli.validation.CrdValidator;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.server.Crds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whether every folder of {@code deploy/} renders, and to what an API server would take. */
class ManifestsTest {

  /** Kinds of projects that are not on our class path, with the fields that we may use. */
  private static final Map<String, Set<String>> FOREIGN =
      Map.of(
          "GitRepository",
          Set.of("interval", "url", "ref"),
          "Kustomization",
          Set.of(
              "dependsOn",
              "healthChecks",
              "images",
              "interval",
              "path",
              "prune",
              "retryInterval",
              "sourceRef",
              "targetNamespace",
              "timeout",
              "wait"));

  private static final List<String> NOT_RENDERED =
      List.of(
          "examples/",
          "gitops/README.md",
          "gitops/pull-requests/",
          "install.yaml",
          "manifests.mk",
          "monitoring/rules.test.yaml",
          "README.md");

  @TestFactory
  Stream<DynamicTest> everyFolderRendersToValidDocuments() throws IOException {
    Program kubectl = Program.kubectlOrSkip("rendering the kustomizations of deploy/");
    return kustomizations().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getParent().toString(),
                    () -> {
                      List<JsonNode> documents =
                          StrictManifests.documents(
                              kubectl.run("kustomize", file.getParent().toString()).ok());
                      assertThat(documents).isNotEmpty().allSatisfy(ManifestsTest::isValid);
                    }));
  }

  @Test
  void installIsValid() {
    assertThat(StrictManifests.read(StrictManifests.INSTALL))
        .hasSizeGreaterThan(10)
        .allSatisfy(ManifestsTest::isValid);
  }

  @Test
  void installIsWhatKustomizeRenders() {
    Program kubectl = Program.kubectlOrSkip("whether deploy/install.yaml is up to date");
    assertThat(StrictManifests.read(StrictManifests.INSTALL))
        .as("deploy/install.yaml: run `make manifests` and commit the result")
        .isEqualTo(
            StrictManifests.documents(
                kubectl.run("kustomize", StrictManifests.DEPLOY.toString()).ok()));
  }

  @Test
  void anotherNamespaceReachesEverything() throws IOException {
    Program kubectl = Program.kubectlOrSkip("deploy/ in another namespace");
    Path own = Files.createDirectories(Path.of("target/own-namespace"));
    Files.writeString(
        own.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namespace: another
        resources: [../../deploy]
        """);
    String rendered = kubectl.run("kustomize", own.toString()).ok();
    assertThat(rendered).contains("namespace: another").doesNotContain("mixpeek-system");
  }

  @Test
  void everyFileIsRenderedByAKustomization() throws IOException {
    String kustomizations =
        String.join(
            "\n",
            kustomizations().stream()
                .map(StrictManifests::read)
                .map(List::toString)
                .toArray(String[]::new));
    assertThat(files().filter(file -> !file.endsWith("kustomization.yaml")))
        .filteredOn(
            file ->
                NOT_RENDERED.stream()
                    .noneMatch(StrictManifests.DEPLOY.relativize(file).toString()::startsWith))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(kustomizations).contains(file.getFileName().toString()));
  }

  @Test
  void aMisspeltFieldIsSeen() {
    ObjectNode deployment =
        StrictManifests.read(Path.of("deploy/operator/deployment.yaml")).get(0).deepCopy();
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0/securityContext"))
        .put("readOnlyRootFileSystem", true);
    assertThatThrownBy(() -> StrictManifests.parse(deployment))
        .hasMessageContaining("readOnlyRootFileSystem");
  }

  private static void isValid(JsonNode document) {
    String title = StrictManifests.title(document);
    if (document.path("apiVersion").asText().startsWith("mixpeek.com/")) {
      CrdValidator crd =
          Crds.files().stream()
              .map(ManifestsTest::validator)
              .filter(v -> v.kind().equals(document.path("kind").asText()))
              .findFirst()
              .orElseThrow();
      assertThat(crd.create(document)).as(title).isEmpty();
    } else if (StrictManifests.known(document)) {
      assertThat(StrictManifests.parse(document).getMetadata().getName()).as(title).isNotBlank();
    } else {
      assertThat(FOREIGN).as(title).containsKey(document.path("kind").asText());
      assertThat(document.path("spec").fieldNames())
          .toIterable()
          .as(title)
          .isSubsetOf(FOREIGN.get(document.path("kind").asText()));
    }
  }

  private static CrdValidator validator(Path file) {
    try {
      return CrdValidator.of(new YAMLMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> kustomizations() throws IOException {
    return Stream.concat(files(), Stream.of(Path.of("crds/kustomization.yaml")))
        .filter(file -> file.endsWith("kustomization.yaml"))
        .toList();
  }

  private static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(StrictManifests.DEPLOY)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }
}
