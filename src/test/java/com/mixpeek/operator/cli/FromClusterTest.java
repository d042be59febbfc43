package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code --from-cluster} finds, and what it says where it cannot look. */
@ParameterizedClass
@EnumSource(TestServer.class)
class FromClusterTest {

  private static final String SOURCES =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: Collection
      metadata: {name: origin}
      spec:
        collectionName: origin_name
        source: {type: bucket, bucketIds: [bkt_a]}
        featureExtractor: {featureExtractorName: text_extractor, version: v1}
      ---
      apiVersion: mixpeek.com/v1alpha1
      kind: Collection
      metadata: {name: pinned}
      spec:
        collectionName: pinned_name
        collectionId: col_pinned
        source: {type: bucket, bucketIds: [bkt_b]}
        featureExtractor: {featureExtractorName: text_extractor, version: v1}
      """;

  @TempDir private Path folder;
  private FromClusterCommands commands;
  private final ApiServer server;

  FromClusterTest(TestServer server) {
    this.server = server.orSkip("--from-cluster");
  }

  @BeforeEach
  void open() {
    commands = new FromClusterCommands(folder);
  }

  @Test
  void sourcesAreFoundByEachReferenceInTheNamespaceThatIsMeant() throws IOException {
    try (TestNamespace namespace = new TestNamespace(server)) {
      Path kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
      namespace.startOperator();
      ManifestApplier.apply(namespace, commands.file(SOURCES));
      namespace.json().awaitReason("collections/pinned", Reason.Assigned);
      String id =
          namespace
              .json()
              .awaitReason("collections/origin", Reason.Assigned)
              .at("/status/collectionId")
              .asText();
      for (String reference :
          List.of(
              "{name: origin}",
              "{collectionName: origin_name}",
              "{collectionId: %s}".formatted(id),
              "{collectionId: col_pinned}")) {
        String clones = commands.file(FromClusterCommands.clone("", reference)).toString();
        String made =
            MixpeekCommand.run(kubeconfig, "render", "--from-cluster", "-f", clones).out();
        assertThat(made)
            .contains("bkt_" + (reference.contains("pinned") ? "b" : "a"))
            .contains(
                "mixpeek.com/source-id: " + (reference.contains("pinned") ? "col_pinned" : id))
            .contains("mixpeek.com/source-generation: '1'")
            .doesNotContain("namespace:");
        Path other = ViewerKubeconfig.write(folder, namespace, "default");
        CommandResult elsewhere =
            MixpeekCommand.run(
                other, "render", "--from-cluster", "-n", namespace.name(), "-f", clones);
        assertThat(elsewhere.out()).isEqualTo(made);
        String named =
            commands
                .file(FromClusterCommands.clone(", namespace: " + namespace.name(), reference))
                .toString();
        CommandResult asNamed = MixpeekCommand.run(other, "render", "--from-cluster", "-f", named);
        assertThat(asNamed.out()).contains("namespace: " + namespace.name(), "bkt_");
        assertThat(List.of(elsewhere.exit(), asNamed.exit())).containsOnly(0);
      }
      CommandResult missing =
          MixpeekCommand.run(
              kubeconfig,
              "render",
              "--from-cluster",
              "-f",
              commands.file(FromClusterCommands.clone("", "{name: nowhere}")).toString());
      assertThat(missing.exit()).isEqualTo(1);
      assertThat(missing.err())
          .contains("There is no Collection with name nowhere in namespace " + namespace.name())
          .doesNotContain("with --from-cluster");
    }
  }

  /** As kubectl get -o yaml writes it, without what it has made. */
  @Test
  void aCloneThatIsDoneIsNoFinding() throws IOException {
    try (TestNamespace namespace = new TestNamespace(server)) {
      Path kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
      namespace.startOperator();
      ManifestApplier.apply(namespace, commands.file(SOURCES));
      ManifestApplier.apply(
          namespace, commands.file(FromClusterCommands.clone("", "{name: origin}")));
      String exported =
          commands
              .file(namespace.json().awaitReason("collectionclones/copy", Reason.Cloned).toString())
              .toString();
      String next =
          commands
              .file(
                  FromClusterCommands.clone("", "{name: copy}")
                      .replace("{name: copy}\nspec", "{name: next}\nspec")
                      .replace("copy_name", "next_name"))
              .toString();
      for (String command : List.of("render", "validate", "diff")) {
        CommandResult alone = MixpeekCommand.run(kubeconfig, command, "-f", exported);
        assertThat(alone.err() + alone.out()).doesNotContain("TargetMissing");
        assertThat(alone.exit()).as(command).isZero();
        CommandResult beside =
            MixpeekCommand.run(kubeconfig, command, "--from-cluster", "-f", exported, next);
        assertThat(beside.err() + beside.out()).doesNotContain("TargetMissing");
        assertThat(beside.exit()).as(command).isZero();
      }
      assertThat(MixpeekCommand.run(kubeconfig, "render", "-f", exported, next).err())
          .contains("There is no Collection with name copy", "with --from-cluster");
      namespace.json().delete("collections/copy");
      assertThat(MixpeekCommand.run(kubeconfig, "validate", "--from-cluster", "-f", exported).out())
          .contains("TargetMissing", "has been deleted");
    }
  }

  /** Who goes on with a copy by itself commits its manifest, too. */
  @Test
  void aCloneIsDoneWhoseCopyStandsAmongTheManifests() throws IOException {
    try (TestNamespace namespace = new TestNamespace(server)) {
      Path kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
      Path clone = commands.file(FromClusterCommands.clone("", "{name: origin}"));
      ManifestApplier.apply(namespace, commands.file(SOURCES));
      ManifestApplier.apply(namespace, clone);
      namespace.startOperator();
      namespace.json().awaitReason("collectionclones/copy", Reason.Cloned);
      String both =
          commands
              .file(
                  Files.readString(clone)
                      + "---\n"
                      + SOURCES
                          .replace("name: origin}", "name: copy}")
                          .replace("origin_name", "copy_name"))
              .toString();
      for (String command : List.of("render", "validate", "diff")) {
        CommandResult asked = MixpeekCommand.run(kubeconfig, command, "--from-cluster", "-f", both);
        assertThat(asked.err() + asked.out()).as(command).doesNotContain("TargetExists");
        assertThat(asked.exit()).as(command).isZero();
      }
      assertThat(MixpeekCommand.run(kubeconfig, "validate", "-f", both).out())
          .contains("TargetExists");
    }
  }

  @Test
  void whereThereIsNoClusterToAskThatIsSaid() throws IOException {
    try (TestNamespace namespace = new TestNamespace(server)) {
      commands.assertRefused(
          folder.resolve("none"), "No cluster is chosen: there is no kubeconfig");
      String text = Files.readString(ViewerKubeconfig.write(folder, namespace, null));
      commands.assertRefused(
          commands.file(text.replace("current-context: here", "current-context: gone")),
          "No cluster");
      commands.assertRefused(commands.file("clusters: ["), "The kubeconfig cannot be read");
      commands.assertRefused(commands.file(""), "No cluster is chosen");
      String address = server.config().getMasterUrl().replaceFirst(":\\d+/.*", ":1");
      commands.assertRefused(
          commands.file(text.replace(server.config().getMasterUrl(), address)),
          "it does not answer");
    }
  }
}
