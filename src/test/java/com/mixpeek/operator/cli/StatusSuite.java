package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RunningOperator;
import com.mixpeek.operator.testing.Yaml;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import picocli.CommandLine;

/** What {@code status} tells of clones that an operator works on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatusSuite {

  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String COLLECTION =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: Collection
      metadata: {name: %s}
      spec:
        collectionName: %s
        source: {type: bucket, bucketIds: [bkt_a]}
        featureExtractor: {featureExtractorName: text_extractor, version: v1}
      """;
  static final String CLONE =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: CollectionClone
      metadata: {name: %s}
      spec: {sourceRef: {name: %s}, overrides: {collectionName: %s}}
      """;

  final String namespace = "t-" + UUID.randomUUID().toString().substring(0, 8);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Thread> followers = new ArrayList<>();
  private KubernetesClient client;

  abstract ApiServer server();

  @BeforeEach
  void open() {
    out.reset();
    err.reset();
    client = server().client();
    if (client.namespaces().withName(namespace).get() == null) {
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .create();
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    for (Thread follower : followers) {
      follower.interrupt();
      follower.join(PATIENCE.toMillis());
      assertThat(follower.isAlive()).isFalse();
    }
    followers.clear();
    client.resources(CollectionClone.class).inNamespace(namespace).delete();
    client.resources(Collection.class).inNamespace(namespace).delete();
    client.close();
  }

  @Test
  void noClones() {
    assertThat(status(false, "-n", namespace)).isEqualTo(ExitCode.FINE);
    assertThat(out()).isEqualTo("No clones in namespace %s.\n".formatted(namespace));
  }

  @Test
  void withoutAnOperatorNothingIsSeen() {
    apply(CLONE, "copy", "origin", "copy_name");
    assertThat(status(false, "-n", namespace)).isEqualTo(ExitCode.FINE);
    assertThat(out())
        .contains("<not seen>", "The operator has not seen it yet.", "1 clone: 1 waits.");
  }

  @Test
  void whatNeedsAPersonComesFirstAndIsAFinding() {
    try (RunningOperator operator = new RunningOperator(server())) {
      operator.start();
      apply(COLLECTION, "origin", "origin_name");
      apply(CLONE, "copy", "origin", "copy_name");
      apply(CLONE, "late", "not-there", "late_name");
      apply(CLONE, "stuck", "origin", "origin_name");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                out.reset();
                assertThat(status(false, "-n", namespace)).isEqualTo(ExitCode.FINDINGS);
                assertThat(out()).endsWith("3 clones: 1 cloned, 1 waits, 1 needs you.\n");
              });
      assertThat(out())
          .containsSubsequence(
              "NAME ",
              "collectionclone/stuck",
              "NameConflict",
              "give overrides.collectionName another value",
              "collectionclone/late",
              "SourceNotFound",
              "correct spec.sourceRef",
              "collectionclone/copy",
              "Cloned");
      assertThat(status(false, "-n", namespace, "copy", "cclone/late")).isEqualTo(ExitCode.FINE);
      assertThat(status(false, "-n", namespace, "tclone/copy")).isEqualTo(ExitCode.FINDINGS);
      assertThat(err()).contains("There is no clone taxonomyclone/copy in namespace");
    }
  }

  @Test
  void followsInLinesWhereNothingCanBeDrawn() {
    try (RunningOperator operator = new RunningOperator(server())) {
      operator.start();
      follow(false, "-n", namespace, "-w");
      await().atMost(PATIENCE).until(() -> err().contains("No clones in namespace"));
      apply(CLONE, "copy", "origin", "copy_name");
      await().atMost(PATIENCE).until(() -> out().contains("copy SourceNotFound: There is no"));
      apply(COLLECTION, "origin", "origin_name");
      await().atMost(PATIENCE).until(() -> out().contains("copy Cloned: Collection copy ("));
      var copy = client.resources(CollectionClone.class).inNamespace(namespace).withName("copy");
      copy.edit(
          c -> {
            c.getMetadata().setLabels(Map.of("changes", "nothing-that-is-told"));
            return c;
          });
      copy.delete();
      await().atMost(PATIENCE).until(() -> out().endsWith("collectionclone/copy deleted\n"));
    }
    assertThat(out()).doesNotContain("\u001b");
    assertThat(out().lines().map(l -> l.substring(l.indexOf(' '))).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void followsInJson() {
    follow(false, "-n", namespace, "-w", "-o", "json");
    apply(CLONE, "copy", "origin", "copy_name");
    await().atMost(PATIENCE).until(() -> out().contains("\"name\":\"copy\""));
    assertThat(Yaml.parse(out().lines().findFirst().orElseThrow()).path("standing").asText())
        .isEqualTo("waits");
  }

  @Test
  void drawsOnATerminal() throws InterruptedException {
    try (RunningOperator operator = new RunningOperator(server())) {
      operator.start();
      follow(true, "-n", namespace, "-w");
      apply(COLLECTION, "origin", "origin_name");
      apply(CLONE, "copy", "origin", "copy_name");
      await().atMost(PATIENCE).until(() -> out().contains("1 of 1 cloned."));
      assertThat(out()).startsWith("\u001b[?1049h").doesNotContain("\u001b[?1049l");
    }
    followers.get(0).interrupt();
    followers.get(0).join(PATIENCE.toMillis());
    String rest = out().substring(out().indexOf("\u001b[?7h\u001b[?25h\u001b[?1049l"));
    assertThat(rest).contains("1 of 1 cloned.");
  }

  void apply(String manifest, Object... names) {
    client.resource(manifest.formatted(names)).inNamespace(namespace).create();
  }

  private int status(boolean interactive, String... arguments) {
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), stream(out), stream(err), false, interactive);
    StatusCommand status =
        new StatusCommand(terminal, Clock.systemUTC(), () -> new Cluster(server().client()));
    return new CommandLine(status)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              terminal.err().println(e.getMessage());
              return ExitCode.UNREADABLE;
            })
        .execute(arguments);
  }

  void follow(boolean interactive, String... arguments) {
    Thread follower = new Thread(() -> status(interactive, arguments));
    followers.add(follower);
    follower.start();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
