package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.testing.Yaml;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code status} shows of clones that an operator works on. */
@ParameterizedClass
@EnumSource(TestServer.class)
class StatusTest {

  private final TestNamespace namespace;
  private final TypedResources<CollectionClone, Collection> resources;
  private final StatusRunner status;

  StatusTest(TestServer server) {
    namespace = new TestNamespace(server.orSkip("status"));
    resources = namespace.resources(CatalogKind.COLLECTION);
    status = new StatusRunner(namespace.server());
  }

  @AfterEach
  void close() throws InterruptedException {
    status.interrupt();
    namespace.close();
  }

  @Test
  void noClones() {
    assertThat(status.run(false, "-n", namespace.name())).isEqualTo(ExitCode.FINE);
    assertThat(status.out()).isEqualTo("No clones in namespace %s.\n".formatted(namespace.name()));
  }

  @Test
  void withoutAnOperatorNothingIsSeen() {
    resources.createClone("copy", "origin", "copy_name");
    assertThat(status.run(false, "-n", namespace.name())).isEqualTo(ExitCode.FINE);
    assertThat(status.out())
        .contains("<not seen>", "The operator has not seen it yet.", "1 clone: 1 waits.");
  }

  @Test
  void whatNeedsAPersonComesFirstAndIsAFinding() {
    namespace.startOperator();
    resources.createResource("origin", "origin_name");
    resources.createClone("copy", "origin", "copy_name");
    resources.createClone("late", "not-there", "late_name");
    resources.createClone("stuck", "origin", "origin_name");
    await()
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(
            () -> {
              status.clear();
              assertThat(status.run(false, "-n", namespace.name())).isEqualTo(ExitCode.FINDINGS);
              assertThat(status.out()).endsWith("3 clones: 1 cloned, 1 waits, 1 needs you.\n");
            });
    assertThat(status.out())
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
    assertThat(status.run(false, "-n", namespace.name(), "copy", "cclone/late"))
        .isEqualTo(ExitCode.FINE);
    assertThat(status.run(false, "-n", namespace.name(), "tclone/copy"))
        .isEqualTo(ExitCode.FINDINGS);
    assertThat(status.err()).contains("There is no clone taxonomyclone/copy in namespace");
  }

  @Test
  void whatAChainWaitsForIsSaidAtItsRoot() {
    namespace.startOperator();
    resources.createResource("origin", "origin_name");
    resources.createClone("first", "nowhere", "first_name");
    resources.createClone("second", "first", "second_name");
    resources.createClone("third", "second", "third_name");
    namespace.json().create(reader("upstream", "missing"));
    namespace.json().create(reader("reader", "upstream"));
    resources.createClone("of-reader", "reader", "of_reader");
    await()
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(
            () -> {
              status.clear();
              status.run(false, "-n", namespace.name(), "-o", "json");
              assertThat(messages())
                  .hasSize(4)
                  .satisfies(said -> assertThat(said.get("first")).doesNotContain("root"))
                  .satisfies(said -> assertThat(said.get("second")).contains(root("nowhere")))
                  .satisfies(said -> assertThat(said.get("third")).contains(root("nowhere")))
                  .satisfies(said -> assertThat(said.get("of-reader")).contains(root("missing")));
            });
  }

  /** No clone brings it, so that to create it by hand would be wrong. */
  @Test
  void whatAnotherCloneDoesNotMakeIsSaid() {
    namespace.startOperator();
    resources.createResource("origin", "origin_name");
    resources.createClone("stuck", "origin", "origin_name");
    resources.createClone("next", "stuck", "next_name");
    resources.createClone("a", "b", "a_name");
    resources.createClone("b", "a", "b_name");
    await()
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(
            () -> {
              status.clear();
              assertThat(status.run(false, "-n", namespace.name())).isEqualTo(ExitCode.FINDINGS);
              assertThat(status.out()).endsWith("4 clones: 1 waits, 3 need you.\n");
            });
    assertThat(status.out().replaceAll("\\s+", " "))
        .contains("At the root of it: CollectionClone stuck: The new collectionName origin_name")
        .contains("It waits for a circle, of which one member is CollectionClone a")
        .doesNotContain("create it or correct spec.sourceRef");
  }

  private String root(String name) {
    return "At the root of it: there is no Collection %s in namespace %s."
        .formatted(name, namespace.name());
  }

  private Map<String, String> messages() {
    Map<String, String> messages = new HashMap<>();
    for (JsonNode clone : Yaml.parse(status.out()).path("clones")) {
      messages.put(clone.path("name").asText(), clone.path("message").asText());
    }
    return messages;
  }

  private static ObjectNode reader(String name, String upstream) {
    return JsonResources.json(
        """
        {'apiVersion': 'mixpeek.com/v1alpha1', 'kind': 'Collection', 'metadata': {'name': '%s'},
         'spec': {'collectionName': '%s', 'enabled': true,
                  'source': {'type': 'collection', 'collectionRef': {'name': '%s'}},
                  'featureExtractor': {'featureExtractorName': 'x', 'version': 'v1'}}}
        """
            .formatted(name, name, upstream));
  }

  @Test
  void followsInLinesWhereNothingCanBeDrawn() {
    namespace.startOperator();
    status.follow(false, "-n", namespace.name(), "-w");
    await()
        .atMost(TestNamespace.PATIENCE)
        .until(() -> status.err().contains("No clones in namespace"));
    resources.createClone("copy", "origin", "copy_name");
    await()
        .atMost(TestNamespace.PATIENCE)
        .until(() -> status.out().contains("copy SourceNotFound: There is no"));
    resources.createResource("origin", "origin_name");
    await()
        .atMost(TestNamespace.PATIENCE)
        .until(() -> status.out().contains("copy Cloned: Collection copy ("));
    var copy =
        namespace
            .client()
            .resources(CollectionClone.class)
            .inNamespace(namespace.name())
            .withName("copy");
    copy.edit(
        c -> {
          c.getMetadata().setLabels(Map.of("changes", "nothing-that-is-shown"));
          return c;
        });
    copy.delete();
    await()
        .atMost(TestNamespace.PATIENCE)
        .until(() -> status.out().endsWith("collectionclone/copy deleted\n"));
    assertThat(status.out()).doesNotContain("\u001b");
    assertThat(status.out().lines().map(l -> l.substring(l.indexOf(' '))).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void followsInJson() {
    status.follow(false, "-n", namespace.name(), "-w", "-o", "json");
    resources.createClone("copy", "origin", "copy_name");
    await().atMost(TestNamespace.PATIENCE).until(() -> status.out().contains("\"name\":\"copy\""));
    assertThat(Yaml.parse(status.out().lines().findFirst().orElseThrow()).path("standing").asText())
        .isEqualTo("waits");
  }

  @Test
  void drawsOnATerminal() throws InterruptedException {
    namespace.startOperator();
    status.follow(true, "-n", namespace.name(), "-w");
    resources.createResource("origin", "origin_name");
    resources.createClone("copy", "origin", "copy_name");
    await().atMost(TestNamespace.PATIENCE).until(() -> status.out().contains("1 of 1 cloned."));
    assertThat(status.out()).startsWith("\u001b[?1049h").doesNotContain("\u001b[?1049l");
    status.interrupt();
    String rest =
        status.out().substring(status.out().indexOf("\u001b[?7h\u001b[?25h\u001b[?1049l"));
    assertThat(rest).contains("1 of 1 cloned.");
  }
}
