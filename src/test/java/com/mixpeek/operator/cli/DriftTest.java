package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.Yaml;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How sources and copies drift apart, and that the side that changed is named. */
@ParameterizedClass
@EnumSource(TestServer.class)
class DriftTest {

  /** One for all tests on a server; they only look at it. */
  private static DriftedNamespace drifted;

  private final ApiServer server;

  DriftTest(TestServer server) {
    this.server = server.orSkip("drift by the generations");
  }

  @BeforeParameterizedClassInvocation
  static void drift(TestServer server, @TempDir Path folder) throws IOException {
    if (server.isAvailable()) {
      drifted = new DriftedNamespace(server.orSkip("drift"), folder);
      drifted.drift();
    }
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (drifted != null) {
      drifted.close();
      drifted = null;
    }
  }

  @Test
  void theSideThatChangedIsNamedFieldByField() {
    assertThat(drifts("untouched")).isEmpty();
    assertThat(drifts("source-changed"))
        .containsExactlyInAnyOrder(
            "description: \"newer\" / \"as it was\" by source",
            "enabled: false / true by source",
            "metadata.kept: 2 / 1.5 by source",
            "metadata.removed: null / [\"a\"] by source",
            "taxonomyApplications: null / [{\"taxonomyId\":\"tax_a\"}] by source");
    assertThat(drifts("copy-changed"))
        .containsExactlyInAnyOrder(
            "description: \"as it was\" / null by copy",
            "metadata.removed[1]: null / \"b\" by copy",
            "metadata.more: null / {} by copy",
            "taxonomyApplications[0].taxonomyId: \"tax_a\" / \"tax_b\" by copy");
    assertThat(drifts("both-changed"))
        .containsExactlyInAnyOrder(
            "description: \"newer\" / \"as it was\" by either", "enabled: true / false by either");
    assertThat(drifts("overridden"))
        .containsExactly("description: \"another\" / \"a third\" by copy");
    assertThat(drifts("tree")).containsExactly("description: \"newer\" / null by source");
    assertThat(run("json").exit()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void whatWasDeletedIsReported() {
    assertThat(clone("source-gone").path("gone").asText()).isEqualTo("the source was deleted");
    assertThat(clone("source-anew").path("gone").asText())
        .isEqualTo("the source was deleted, and what has its name is another");
    assertThat(clone("copy-gone").path("gone").asText()).isEqualTo("the copy was deleted");
    assertThat(clone("copy-anew").path("gone").asText())
        .isEqualTo("the copy was deleted, and what has its name is another");
  }

  @Test
  void peopleAreToldTheSame() {
    assertThat(run("text").out())
        .contains("copy-changed → copy-changed-copy: made already, ID col_")
        .contains("drifted apart in 4 places")
        .contains(
            "  description: made with as it was, the copy has nothing (the copy was changed since)")
        .contains(
            "  description: the source has newer, the copy has as it was (the source was changed"
                + " since)")
        .contains(
            "  enabled: the source has true, the copy has false (one of them was changed since, or both)")
        .contains("; the copy was deleted, and what has its name is another");
    assertThat(run("markdown").out())
        .contains("| `untouched-copy` | `untouched` | `untouched-copy` | made already, ID col\\_")
        .contains("<details><summary>source-changed-copy</summary>")
        .contains(
            "metadata.kept: the source has 2, the copy has 1.5 (the source was changed since)");
  }

  @Test
  void onlyADriftIsAFinding() {
    for (String pair : DriftedNamespace.PAIRS) {
      String file = drifted.clones().resolve(pair + ".yaml").toString();
      assertThat(drifted.diff("-f", file).exit())
          .as(pair)
          .isEqualTo(pair.equals("untouched") ? ExitCode.FINE : ExitCode.FINDINGS);
    }
  }

  @Test
  void withoutFilesAllClonesOfTheNamespaceAreShown() throws IOException {
    drifted.refuseClone();

    CommandResult all = drifted.diff("-o", "json");
    assertThat(all.exit()).isEqualTo(ExitCode.FINDINGS);
    assertThat(all.err()).isEmpty();
    List<JsonNode> fromCluster = clones(all);
    assertThat(fromCluster)
        .allMatch(clone -> clone.get("file").asText().equals("cluster"))
        .allMatch(clone -> clone.get("namespace").asText().equals(drifted.name()))
        .filteredOn(clone -> clone.get("name").asText().equals("refused"))
        .singleElement()
        .asString()
        .contains("NameConflict: The new collectionName untouched-copy is taken");
    fromCluster.removeIf(clone -> clone.has("problem"));
    List<JsonNode> fromFiles = clones(run("json"));
    assertThat(fromCluster).hasSize(DriftedNamespace.PAIRS.size() + 1);
    for (String field : List.of("name", "kind", "summary", "drift", "gone", "id")) {
      assertThat(fromCluster.stream().map(clone -> clone.get(field)))
          .containsExactlyInAnyOrderElementsOf(
              fromFiles.stream().map(clone -> clone.get(field)).toList());
    }
  }

  @Test
  void aNamespaceWithoutClonesIsReported(@TempDir Path folder) {
    try (TestNamespace empty = new TestNamespace(server)) {
      CommandResult nothing =
          MixpeekCommand.run(
              ViewerKubeconfig.write(folder, empty, empty.name()), "diff", "--from-cluster");
      assertThat(nothing.err())
          .isEqualTo("There are no clones in namespace %s.%n".formatted(empty.name()));
      assertThat(nothing.out()).isEmpty();
      assertThat(nothing.exit()).isEqualTo(ExitCode.FINE);
    }
  }

  private CommandResult run(String format) {
    return drifted.diff("-f", drifted.clones().toString(), "-o", format);
  }

  private static List<JsonNode> clones(CommandResult result) {
    List<JsonNode> clones = new ArrayList<>();
    Yaml.parse(result.out()).get("clones").forEach(clones::add);
    return clones;
  }

  private JsonNode clone(String pair) {
    return clones(run("json")).stream()
        .filter(clone -> clone.get("name").asText().equals(pair + "-copy"))
        .findFirst()
        .orElseThrow();
  }

  /** {@code path: value of the source / value of the copy by whom}. */
  private List<String> drifts(String pair) {
    List<String> drifts = new ArrayList<>();
    for (JsonNode drift : clone(pair).get("drift")) {
      drifts.add(
          "%s: %s / %s by %s"
              .formatted(
                  drift.get("path").asText(),
                  drift.get("source"),
                  drift.get("copy"),
                  drift.get("changed").asText()));
    }
    return drifts;
  }
}
