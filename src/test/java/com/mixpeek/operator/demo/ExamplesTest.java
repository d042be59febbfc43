package com.mixpeek.operator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mixpeek.operator.Settings;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.RealServer;
import com.mixpeek.operator.testing.server.RunningOperator;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of {@code deploy/examples} does what it says, and the demo notices if one does not.
 */
class ExamplesTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void eachExampleEndsAsItSaysInTheDemo() {
    int exitCode = demo(Map.of(), Example.FOLDER);

    assertThat(exitCode).as(said()).isZero();
    List<Example> examples = Example.in(Example.FOLDER);
    assertThat(examples).hasSizeGreaterThan(10);
    assertThat(examples)
        .allSatisfy(example -> assertThat(said()).contains(example.file(), example.comment()))
        .filteredOn(Example::isClone)
        .allSatisfy(
            example ->
                assertThat(said())
                    .contains(" %s %s: ".formatted(example.qualifiedName(), example.endsAs())));
    assertThat(said())
        .contains("$ kubectl-mixpeek diff -U0 ", "\n-    version: v1\n+    version: v2\n")
        .contains("collectionclone/scenes-with-threshold SourceNotFound: There is no Collection")
        .contains("video-frames → video-frames-clip-v2: made already, ID col_")
        .contains("by clone video-frames-clip-v2 (Cloned), overrides collectionName")
        .contains(
            "# source.collectionRef points at the copy video-frames-fork.",
            " collectionclone/detected-scenes-fork Cloned: ")
        .contains("14 clones: 13 cloned, 1 needs you.")
        .endsWith("All 12 clones ended as their examples say.%n".formatted());
  }

  @Test
  void mixpeekIsShownAsTheCatalog() {
    int exitCode = demo(Map.of("REMOTE", "1"), Example.FOLDER);

    assertThat(exitCode).as(said()).isZero();
    assertThat(said())
        .containsSubsequence(
            "connection/mixpeek Connected: ",
            "asked of Mixpeek: GET /v1/collections/col_",
            "collection/product-embeddings Assigned: The ID is col_",
            "asked of Mixpeek: POST /v1/collections/col_",
            "collectionclone/product-embeddings-v2 Cloned: ",
            "The clone is deleted",
            "collectionclone/product-embeddings-v2 Cloned: ",
            ": no answer",
            "collectionclone/answer-lost Cloned: ",
            "connection/mixpeek Unauthorized: ",
            "connection/mixpeek Connected: ",
            "collectionclone/key-rotated Cloned: ")
        .doesNotContain("sk_demo")
        .endsWith(
            "All of it ended as it is shown, and Mixpeek holds one copy for each clone.%n"
                .formatted());
  }

  @Test
  void aRealApiServerAcceptsEachExampleAndEachEndsAsItSays() throws InterruptedException {
    ApiServer server = RealServer.orSkip("the examples on a real API server");
    try (KubernetesClient client = server.client()) {
      String namespace =
          client
              .resource(
                  new NamespaceBuilder()
                      .withNewMetadata()
                      .withGenerateName("examples-")
                      .endMetadata()
                      .build())
              .create()
              .getMetadata()
              .getName();
      Settings settings = Settings.defaults().watching(Set.of(namespace));
      try (RunningOperator operator = new RunningOperator(server, settings).start();
          KubectlMixpeek kubectl = new KubectlMixpeek(server, out);
          StatusLines lines = new StatusLines(kubectl, namespace, out);
          ExampleRun run = new ExampleRun(server, namespace, Duration.ofSeconds(60), out, lines)) {
        assertThat(run.run(Example.in(Example.FOLDER))).as(said()).isEmpty();
      } finally {
        client.namespaces().withName(namespace).delete();
      }
    }
  }

  @Test
  void theDemoFailsWhereAnExampleEndsOtherwise(@TempDir Path folder) throws IOException {
    for (String file :
        List.of(
            "10-collection-article-embeddings.yaml",
            "11-collection-video-frames.yaml",
            "27-clone-name-conflict.yaml")) {
      String yaml = Files.readString(Example.FOLDER.resolve(file));
      Files.writeString(
          folder.resolve(file), yaml.replace("ends-as: NameConflict", "ends-as: Cloned"));
    }

    assertThat(demo(Map.of(), folder)).isEqualTo(1);
    assertThat(said())
        .contains("Not all ended as their examples say:")
        .contains(
            "27-clone-name-conflict.yaml: CollectionClone name-conflict should end as Cloned, and"
                + " is NameConflict: The new collectionName article_embeddings is taken")
        .doesNotContain("10-collection-article-embeddings.yaml:", "Exception");
  }

  @Test
  void theDemoSaysWhichServersThereAre() {
    assertThat(demo(Map.of("API", "moon"), Example.FOLDER)).isEqualTo(2);
    assertThat(said())
        .isEqualTo("API is \"moon\": give embedded, envtest or cluster.%n".formatted());
  }

  @Test
  void anExampleSaysWhatItShowsAndHowItEnds() {
    assertThatThrownBy(() -> Example.parse("a.yaml", "kind: CollectionClone\nmetadata: {name: a}"))
        .hasMessage("a.yaml does not say what it shows: begin it with a comment that does.");
    assertThatThrownBy(
            () -> Example.parse("a.yaml", "# It.\nkind: CollectionClone\nmetadata: {name: a}"))
        .hasMessage(
            "a.yaml does not say what it ends as: annotate it with mixpeek.com/example-ends-as.");
  }

  private int demo(Map<String, String> environment, Path folder) {
    Demo demo = new Demo(out, environment, folder);
    try {
      return demo.run();
    } finally {
      demo.close();
    }
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
