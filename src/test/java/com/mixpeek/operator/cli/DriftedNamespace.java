package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import com.mixpeek.operator.testing.server.ApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A namespace where sources and copies have drifted apart: one pair a case. */
final class DriftedNamespace implements AutoCloseable {

  static final List<String> PAIRS =
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

  private final Path folder;
  private final Path clones;
  private final TestNamespace namespace;
  private final JsonResources resources;
  private final Path kubeconfig;

  /**
   * @param folder where manifests and the kubeconfig are written to
   */
  DriftedNamespace(ApiServer server, Path folder) {
    this.folder = folder;
    clones = folder.resolve("manifests");
    namespace = new TestNamespace(server);
    resources = namespace.json();
    kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
  }

  /** Clones each pair, and then changes, deletes and replaces sources and copies. */
  void drift() throws IOException {
    namespace.startOperator();
    Files.createDirectory(clones);
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
    CommandResult before = diff("-f", clones.toString());
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

  /** Adds a clone whose new name is taken. */
  void refuseClone() throws IOException {
    String text = PAIR.substring(PAIR.indexOf("---\n") + 4).replace("NAME", "untouched");
    text = text.replace("{name: untouched-copy}", "{name: refused}");
    ManifestApplier.apply(namespace, Files.writeString(folder.resolve("refused.yaml"), text));
    resources.awaitReason("collectionclones/refused", Reason.NameConflict);
  }

  String name() {
    return namespace.name();
  }

  /** The folder with the manifest of each pair, which is named after it. */
  Path clones() {
    return clones;
  }

  CommandResult diff(String... arguments) {
    return MixpeekCommand.run(
        kubeconfig,
        Stream.concat(Stream.of("diff", "--from-cluster"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  @Override
  public void close() {
    namespace.close();
  }
}
