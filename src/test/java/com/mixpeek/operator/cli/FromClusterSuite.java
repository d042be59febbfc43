package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --from-cluster} finds, and what it says where it cannot look. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FromClusterSuite {

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

  @TempDir Path folder;

  abstract ApiServer server();

  @Test
  void sourcesAreFoundByEachReferenceInTheNamespaceThatIsMeant() throws IOException {
    try (Site site = new Site(server(), folder)) {
      site.startOperator();
      site.apply(file(SOURCES));
      site.awaitReason("Collection", "pinned", "Assigned");
      String id =
          site.awaitReason("Collection", "origin", "Assigned").at("/status/collectionId").asText();
      for (String reference :
          List.of(
              "{name: origin}",
              "{collectionName: origin_name}",
              "{collectionId: %s}".formatted(id),
              "{collectionId: col_pinned}")) {
        String clones = file(clone("", reference)).toString();
        String made = site.run("render", "--from-cluster", "-f", clones).out();
        assertThat(made)
            .contains("bkt_" + (reference.contains("pinned") ? "b" : "a"))
            .contains(
                "mixpeek.com/source-id: " + (reference.contains("pinned") ? "col_pinned" : id))
            .contains("mixpeek.com/source-generation: '1'")
            .doesNotContain("namespace:");
        Path other = site.kubeconfig(folder, "context: {cluster: c, user: u, namespace: default}");
        CommandResult elsewhere =
            CommandResult.by(other, "render", "--from-cluster", "-n", site.namespace, "-f", clones);
        assertThat(elsewhere.out()).isEqualTo(made);
        String named = file(clone(", namespace: " + site.namespace, reference)).toString();
        CommandResult asNamed = CommandResult.by(other, "render", "--from-cluster", "-f", named);
        assertThat(asNamed.out()).contains("namespace: " + site.namespace, "bkt_");
        assertThat(List.of(elsewhere.exit(), asNamed.exit())).containsOnly(0);
      }
      CommandResult missing =
          site.run("render", "--from-cluster", "-f", file(clone("", "{name: nowhere}")).toString());
      assertThat(missing.exit()).isEqualTo(1);
      assertThat(missing.err())
          .contains("There is no Collection with name nowhere in namespace " + site.namespace)
          .doesNotContain("with --from-cluster");
    }
  }

  @Test
  void whereThereIsNoClusterToAskThatIsSaid() throws IOException {
    try (Site site = new Site(server(), folder)) {
      refused(folder.resolve("none"), "No cluster is chosen: there is no kubeconfig");
      String context = "context: {cluster: c, user: u}";
      String text = Files.readString(site.kubeconfig(folder, context));
      refused(file(text.replace("current-context: here", "current-context: gone")), "No cluster");
      refused(file("clusters: ["), "The kubeconfig cannot be read");
      refused(file(""), "No cluster is chosen");
      String address = site.server.config().getMasterUrl().replaceFirst(":\\d+/.*", ":1");
      refused(
          file(text.replace(site.server.config().getMasterUrl(), address)), "it does not answer");
    }
  }

  /** One sentence, and the exit code of what cannot be read, from each command. */
  void refused(Path kubeconfig, String words) throws IOException {
    String clones = file(clone("", "{name: nowhere}")).toString();
    Stream.of(
            List.of("render", "-f", clones),
            List.of("validate", "-f", clones),
            List.of("diff", "-f", clones),
            List.of("diff"))
        .forEach(
            command -> {
              List<String> all =
                  Stream.concat(command.stream(), Stream.of("--from-cluster")).toList();
              CommandResult said = CommandResult.by(kubeconfig, all.toArray(String[]::new));
              assertThat(said.err()).contains(words).endsWith(".%n".formatted()).hasLineCount(1);
              assertThat(said.err()).doesNotContain("Exception", "null", "\tat ");
              assertThat(said.out()).isEmpty();
              assertThat(said.exit()).isEqualTo(ExitCode.UNREADABLE);
            });
  }

  static String clone(String namespace, String reference) {
    return """
        apiVersion: mixpeek.com/v1alpha1
        kind: CollectionClone
        metadata: {name: copy%s}
        spec: {sourceRef: %s, overrides: {collectionName: copy_name}}
        """
        .formatted(namespace, reference);
  }

  Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "file", ".yaml"), text);
  }
}
