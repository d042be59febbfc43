package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code fork} writes ends as a working copy of the lineage, in whatever order it comes. */
@ParameterizedClass
@EnumSource(TestServer.class)
class ForkTest {

  @TempDir private Path folder;
  private final ApiServer server;

  ForkTest(TestServer server) {
    this.server = server.orSkip("forked lineages");
  }

  @Test
  void theLineageOfTheApisPages() throws IOException {
    Path pages = ForkedLineage.FOLDER.resolve("pages.yaml");
    CommandResult forked =
        MixpeekCommand.run(
            "fork", "detected-scenes", "--with", "all", "--suffix", "-v2", "-f", pages.toString());
    assertThat(forked.out())
        .contains("# source.bucketId stays bkt_marketing_videos: a bucket is not forked.")
        .contains("# config.defaultRetrieverId stays ret_clip_v1: a retriever is not forked.")
        .contains("Collection col_products_v1: nothing is known here of that ID.");
    List<Manifest> clones = ForkedLineage.read(folder, forked);
    assertThat(clones)
        .extracting(Manifest::name)
        .containsExactly("video-frames-v2", "product-tags-v2", "detected-scenes-v2");
    try (TestNamespace namespace = new TestNamespace(server)) {
      namespace.startOperator().recorder().awaitWatches();
      ForkedLineage lineage = new ForkedLineage(namespace, clones);
      lineage.create(ManifestApplier.read(pages), new Random(1));
      lineage.copiesPointAtCopies();
    }
  }

  /** By the IDs that a cluster assigned, and that no file has. */
  @Test
  void aChainOfFiveThatTheClusterHas() throws IOException {
    try (TestNamespace namespace = new TestNamespace(server)) {
      JsonResources resources = namespace.json();
      namespace.startOperator().recorder().awaitWatches();
      String id = "";
      for (int i = 1; i <= 5; i++) {
        resources.create(link(i, id));
        id =
            resources
                .awaitReason("collections/link-" + i, Reason.Assigned)
                .at("/status/collectionId")
                .asText();
      }
      Path kubeconfig = ViewerKubeconfig.write(folder, namespace, namespace.name());
      CommandResult forked =
          MixpeekCommand.run(
              kubeconfig, "fork", "link-5", "--with=upstream", "--suffix=-v2", "--from-cluster");
      assertThat(forked.out()).doesNotContain("collectionId:");
      List<Manifest> clones = ForkedLineage.read(folder, forked);
      assertThat(clones).hasSize(5);
      ForkedLineage lineage = new ForkedLineage(namespace, clones);
      lineage.create(List.of(), new Random(2));
      lineage.copiesPointAtCopies();

      CommandResult again =
          MixpeekCommand.run(
              kubeconfig, "fork", "link-5", "--with=upstream", "--suffix=-v2", "--from-cluster");
      assertThat(again.exit()).isEqualTo(2);
      assertThat(again.err())
          .startsWith(
              "There is a Collection link-1-v2 in namespace %s already: give another --suffix for"
                      .formatted(namespace.name())
                  + " the copy of Collection link-1.");
    }
  }

  private static ObjectNode link(int number, String upstream) {
    ObjectNode collection =
        JsonResources.json(
            "{'apiVersion': 'mixpeek.com/v1alpha1', 'kind': 'Collection', 'spec': {'enabled': true,"
                + " 'featureExtractor': {'featureExtractorName': 'x', 'version': 'v1'}}}");
    collection.putObject("metadata").put("name", "link-" + number);
    ObjectNode spec = (ObjectNode) collection.get("spec");
    spec.put("collectionName", "link_" + number);
    if (upstream.isEmpty()) {
      spec.putObject("source").put("type", "bucket").putArray("bucketIds").add("bkt_a");
    } else {
      spec.putObject("source").put("type", "collection").put("collectionId", upstream);
    }
    return collection;
  }
}
