package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.TestServer;
import com.mixpeek.operator.testing.Yaml;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How sources and copies drift apart, and that the side that changed is named: one pair a case,
 * named after what happens to it, all in one namespace.
 */
@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnumSource(TestServer.class)
class DriftTest {

  private static final List<String> PAIRS =
      List.of(
          "untouched",
          "source-changed",
          "copy-changed",
          "both-changed",
          "overridden",
          "source-gone",
          "source-anew",
          "copy-gone",
          "copy-anew");

  private static final String PAIR =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: Collection
      metadata: {name: NAME}
      spec:
        collectionName: NAME
        description: as it was
        metadata: {kept: 1.5, removed: [a]}
        taxonomyApplications: [{taxonomyId: tax_a}]
        source: {type: bucket, bucketIds: [bkt_a]}
        featureExtractor: {featureExtractorName: text_extractor, version: v1}
      ---
      apiVersion: mixpeek.com/v1alpha1
      kind: CollectionClone
      metadata: {name: NAME-copy}
      spec:
        sourceRef: {name: NAME}
        overrides: {collectionName: NAME-copy}
      """;

  private static final String TAXONOMY =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: Taxonomy
      metadata: {name: tree}
      spec:
        taxonomyName: tree
        config: {taxonomyType: hierarchical, hierarchicalNodes: [{collectionId: col_a}]}
      ---
      apiVersion: mixpeek.com/v1alpha1
      kind: TaxonomyClone
      metadata: {name: tree-copy}
      spec: {sourceRef: {name: tree}, overrides: {taxonomyName: tree_copy}}
      """;

  @Parameter TestServer parameter;
  private Path folder;
  private Path clones;
  private ApiServer server;
  private TestNamespace namespace;
  private JsonResources resources;
  private Path kubeconfig;

  @BeforeParameterizedClassInvocation(injectArguments = false)
  void start(@TempDir Path temporary) throws IOException {
    if (parameter.isAvailable()) {
      drift(temporary);
    }
  }

  /** Here and not before all tests, for each test that is skipped to count as skipped. */
  @BeforeEach
  void skipWithoutServer() {
    parameter.orSkip("drift by the generations");
  }

  private void drift(Path temporary) throws IOException {
    server = parameter.orSkip("drift by the generations");
    folder = temporary;
    namespace = new TestNamespace(server);
    resources = namespace.json();
    kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
    namespace.startOperator();
    clones = Files.createDirectory(folder.resolve("manifests"));
    for (String pair : PAIRS) {
      String text = PAIR.replace("NAME", pair);
      if (pair.equals("overridden")) {
        text = text.replace("overrides: {", "overrides: {description: another, ");
      }
      ManifestApplier.apply(namespace, Files.writeString(clones.resolve(pair + ".yaml"), text));
    }
    ManifestApplier.apply(namespace, Files.writeString(clones.resolve("tree.yaml"), TAXONOMY));
    for (String pair : PAIRS) {
      resources.awaitReason("collectionclones/" + pair + "-copy", Reason.Cloned);
    }
    resources.awaitReason("taxonomyclones/tree-copy", Reason.Cloned);
    CommandResult before =
        MixpeekCommand.run(kubeconfig, "diff", "--from-cluster", "-f", clones.toString());
    assertThat(before.err()).isEmpty();
    assertThat(before.out()).contains("source and copy are as they were").doesNotContain("drifted");
    assertThat(before.exit()).isEqualTo(ExitCode.FINE);
    change();
  }

  private void change() throws IOException {
    resources.edit(
        "collections/source-changed",
        spec -> {
          spec.put("description", "newer");
          spec.put("enabled", false);
          spec.remove("taxonomyApplications");
          spec.putObject("metadata").put("kept", 2);
        });
    resources.edit(
        "collections/copy-changed-copy",
        spec -> {
          spec.remove("description");
          spec.set(
              "metadata", JsonResources.json("{'kept': 1.5, 'removed': ['a', 'b'], 'more': {}}"));
          spec.putArray("taxonomyApplications").addObject().put("taxonomyId", "tax_b");
        });
    resources.edit("collections/both-changed", spec -> spec.put("description", "newer"));
    resources.edit("collections/both-changed-copy", spec -> spec.put("enabled", false));
    // The source's description was never the copy's; what the copy has is judged by its override.
    resources.edit("collections/overridden", spec -> spec.put("description", "newer"));
    resources.edit("collections/overridden-copy", spec -> spec.put("description", "a third"));
    for (String gone : List.of("source-gone", "source-anew", "copy-gone-copy", "copy-anew-copy")) {
      resources.delete("collections/" + gone);
      resources.awaitGone("collections/" + gone);
    }
    resources.awaitReason("collectionclones/copy-anew-copy", Reason.TargetMissing);
    for (String anew : List.of("source-anew", "copy-anew-copy")) {
      ManifestApplier.apply(
          namespace,
          Files.writeString(
              folder.resolve(anew + ".yaml"),
              PAIR.substring(0, PAIR.indexOf("---")).replace("NAME", anew)));
      resources.awaitReason("collections/" + anew, Reason.Assigned);
    }
    resources.edit("taxonomies/tree", spec -> spec.put("description", "newer"));
  }

  @AfterParameterizedClassInvocation
  void stop() {
    if (namespace != null) {
      namespace.close();
      namespace = null;
    }
  }

  @Test
  void whichSideIsToldFieldByField() {
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
  void whatIsNoMoreIsTold() {
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
    for (String pair : PAIRS) {
      String file = clones.resolve(pair + ".yaml").toString();
      assertThat(MixpeekCommand.run(kubeconfig, "diff", "--from-cluster", "-f", file).exit())
          .as(pair)
          .isEqualTo(pair.equals("untouched") ? ExitCode.FINE : ExitCode.FINDINGS);
    }
  }

  @Test
  void withoutFilesAllClonesOfTheNamespaceAreShown() throws IOException {
    String text = PAIR.substring(PAIR.indexOf("---\n") + 4).replace("NAME", "untouched");
    text = text.replace("{name: untouched-copy}", "{name: refused}");
    ManifestApplier.apply(namespace, Files.writeString(folder.resolve("refused.yaml"), text));
    resources.awaitReason("collectionclones/refused", Reason.NameConflict);

    CommandResult all = MixpeekCommand.run(kubeconfig, "diff", "--from-cluster", "-o", "json");
    assertThat(all.exit()).isEqualTo(ExitCode.FINDINGS);
    assertThat(all.err()).isEmpty();
    List<JsonNode> fromCluster = clones(all);
    assertThat(fromCluster)
        .allMatch(clone -> clone.get("file").asText().equals("cluster"))
        .allMatch(clone -> clone.get("namespace").asText().equals(namespace.name()))
        .filteredOn(clone -> clone.get("name").asText().equals("refused"))
        .singleElement()
        .asString()
        .contains("NameConflict: The new collectionName untouched-copy is taken");
    fromCluster.removeIf(clone -> clone.has("problem"));
    List<JsonNode> fromFiles = clones(run("json"));
    assertThat(fromCluster).hasSize(PAIRS.size() + 1);
    for (String field : List.of("name", "kind", "summary", "drift", "gone", "id")) {
      assertThat(fromCluster.stream().map(clone -> clone.get(field)))
          .containsExactlyInAnyOrderElementsOf(
              fromFiles.stream().map(clone -> clone.get(field)).toList());
    }
  }

  @Test
  void aNamespaceWithoutClonesIsTold() {
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
    return MixpeekCommand.run(
        kubeconfig, "diff", "--from-cluster", "-f", clones.toString(), "-o", format);
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
