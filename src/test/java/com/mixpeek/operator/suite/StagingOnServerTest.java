package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;
import com.mixpeek.operator.testing.Tool;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The staging clones that {@code deploy/gitops/staging} renders, made beside their sources. */
class StagingOnServerTest {

  private static final String RENDERED_NAMESPACE = "namespace: production";

  private final ApiServer server = RealServer.orSkip("staging clones on a real API server");

  @Test
  void stagingCopiesAppearBesideProduction() {
    String rendered =
        Tool.kubectlOrSkip("staging clones").run("kustomize", "deploy/gitops/staging");
    assertThat(rendered).contains(RENDERED_NAMESPACE);
    try (World<CollectionClone, Collection> world = new World<>(CatalogKind.COLLECTION, server)) {
      world.startOperator();
      apply(world, rendered);
      List<String> names = List.of("product-embeddings", "article-embeddings");
      names.forEach(n -> world.awaitReason("staging-" + n, Reason.SourceNotFound));
      names.forEach(n -> world.resource(n, n.replace('-', '_')));
      for (String name : names) {
        CollectionClone clone = world.awaitReason("staging-" + name, Reason.Cloned);
        Collection copy = world.resource("staging-" + name);
        assertThat(copy.getSpec().path("collectionName").asText())
            .isEqualTo("staging_" + name.replace('-', '_'));
        assertThat(copy.getSpec().at("/source/bucketIds/0").asText()).isEqualTo("bkt_staging");
        assertThat(copy.getMetadata().getLabels())
            .containsEntry("environment", "staging")
            .containsEntry(Labels.CLONE_UID, clone.getMetadata().getUid());
        assertThat(copy.getMetadata().getOwnerReferences()).hasSize(1);
      }
      apply(world, rendered);
      names.forEach(n -> world.awaitReason("staging-" + n, Reason.Cloned));
    }
  }

  private static void apply(World<?, ?> world, String rendered) {
    String here = rendered.replace(RENDERED_NAMESPACE, "namespace: " + world.namespace);
    world
        .client
        .load(new ByteArrayInputStream(here.getBytes(StandardCharsets.UTF_8)))
        .resources()
        .forEach(resource -> resource.serverSideApply());
  }
}
