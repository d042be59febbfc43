package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.namespace.ApiResponse;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code validate --from-cluster} judges an update, in the API server's words. */
@ParameterizedClass
@EnumSource(TestServer.class)
class ValidateUpdateTest {

  private static final String SOURCE =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: Collection
      metadata: {name: origin}
      spec:
        collectionName: origin_name
        source: {type: bucket, bucketIds: [%s]}
        featureExtractor: {featureExtractorName: text_extractor, version: v1}
      """;

  private static final String CLONE =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: CollectionClone
      metadata: {name: copy}
      spec:
        sourceRef: {name: origin}
        overrides: {collectionName: copy_name, description: %s}
      """;

  @TempDir private Path folder;
  private final ApiServer server;

  ValidateUpdateTest(TestServer server) {
    this.server = server.orSkip("validate --from-cluster");
  }

  @Test
  void whatMayNotBeChangedAnyMoreIsNamed() throws IOException {
    FromClusterCommands files = new FromClusterCommands(folder);
    try (TestNamespace namespace = new TestNamespace(server)) {
      Path kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
      namespace.startOperator();
      String source = SOURCE.formatted("bkt_a");
      String clone = CLONE.formatted("first");
      ManifestApplier.apply(namespace, files.file(source), files.file(clone));
      namespace.json().awaitReason("collectionclones/copy", Reason.Cloned);

      CommandResult same = validate(kubeconfig, files.file(source + "---\n" + clone));
      assertThat(same.out()).isEqualTo("2 manifests, no findings.\n");
      assertThat(same.exit()).isZero();

      String changedSource = SOURCE.formatted("bkt_b");
      String changedClone = CLONE.formatted("second");
      Path changed = files.file(changedSource + "---\n" + changedClone);
      CommandResult found = validate(kubeconfig, changed);
      assertThat(found.out().replace(changed.toString(), "f"))
          .isEqualTo(
              """
              f:6: Collection origin: spec.source: Invalid value: source is immutable: create a CollectionClone that overrides it
              f:14: CollectionClone copy: spec.overrides: Invalid value: spec.overrides is frozen once the clone has made its target: create another CollectionClone
              2 manifests, 2 findings.
              """);
      assertThat(found.exit()).isEqualTo(ExitCode.FINDINGS);
      assertThat(MixpeekCommand.run("validate", "-f", changed.toString()).exit()).isZero();

      if (server.real()) {
        for (Path file : new Path[] {files.file(changedSource), files.file(changedClone)}) {
          ObjectNode sent = ManifestApplier.read(file).get(0).content();
          String resource =
              (sent.path("kind").asText().equals("Collection")
                      ? "collections/"
                      : "collectionclones/")
                  + sent.at("/metadata/name").asText();
          sent.withObject("/metadata")
              .set(
                  "resourceVersion",
                  namespace.json().get(resource).at("/metadata/resourceVersion"));
          ApiResponse answer = namespace.json().put(resource + "?dryRun=All", sent);
          for (JsonNode cause : answer.body().at("/details/causes")) {
            assertThat(found.out())
                .contains(cause.get("field").asText() + ": " + cause.get("message").asText());
          }
          answer.invalid();
        }
      }
    }
  }

  /** As kubectl apply drops nulls, what it has stored has none. */
  @Test
  void aNullThatIsNotThereIsNoChange() throws IOException {
    FromClusterCommands files = new FromClusterCommands(folder);
    try (TestNamespace namespace = new TestNamespace(server)) {
      Path kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
      String source =
          SOURCE.formatted("bkt_a").replace("version: v1", "version: v1, parameters: %s");
      ManifestApplier.apply(namespace, files.file(source.formatted("{fps: 1, list: [{a: 1}]}")));

      String nulls = "{fps: 1, size: null, list: [{a: 1, b: null}]}";
      assertThat(validate(kubeconfig, files.file(source.formatted(nulls))).out())
          .isEqualTo("1 manifest, no findings.\n");
      for (String change : List.of("{fps: null, list: [{a: 1}]}", "{fps: 1, list: [null]}")) {
        assertThat(validate(kubeconfig, files.file(source.formatted(change))).out())
            .as(change)
            .contains("featureExtractor is immutable");
      }
    }
  }

  @Test
  void onlyWhatIsThereIsToBeDeleted() throws IOException {
    FromClusterCommands files = new FromClusterCommands(folder);
    try (TestNamespace namespace = new TestNamespace(server)) {
      Path kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
      Path file =
          files.file(
              """
              apiVersion: mixpeek.com/v1alpha1
              kind: Taxonomy
              metadata: {name: tags}
              spec:
                taxonomyName: tags
                config:
                  taxonomyType: hierarchical
                  hierarchicalNodes:
                  - {collectionId: col_a, parentCollectionId: col_b}
                  - {collectionId: col_b, parentCollectionId: col_a}
              """);
      assertThat(validate(kubeconfig, file).out())
          .contains("InvalidConfig: ", "on the way, or remove its manifest.\n")
          .doesNotContain("delete");

      ManifestApplier.apply(namespace, file);
      assertThat(validate(kubeconfig, file).out())
          .contains("InvalidConfig: ", "on the way. As it is immutable, delete this Taxonomy, ");
    }
  }

  private static CommandResult validate(Path kubeconfig, Path file) {
    return MixpeekCommand.run(kubeconfig, "validate", "--from-cluster", "-f", file.toString());
  }
}
