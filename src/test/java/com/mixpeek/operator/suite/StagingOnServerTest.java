package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The staging clones that {@code deploy/gitops/staging} renders, made beside their sources. */
class StagingOnServerTest {

  private static final String RENDERED_NAMESPACE = "namespace: production";

  @Test
  void stagingCopiesAppearBesideProduction() {
    String rendered =
        Program.kubectlOrSkip("staging clones").run("kustomize", "deploy/gitops/staging").ok();
    assertThat(rendered).contains(RENDERED_NAMESPACE);
    try (TestNamespace namespace = TestNamespace.onRealServer("staging clones")) {
      TypedResources<CollectionClone, Collection> resources =
          namespace.resources(CatalogKind.COLLECTION);
      namespace.startOperator();
      apply(namespace, rendered);
      List<String> names = List.of("product-embeddings", "article-embeddings");
      names.forEach(n -> resources.awaitReason("staging-" + n, Reason.SourceNotFound));
      names.forEach(n -> resources.createResource(n, n.replace('-', '_')));
      for (String name : names) {
        CollectionClone clone = resources.awaitReason("staging-" + name, Reason.Cloned);
        Collection copy = resources.resource("staging-" + name);
        assertThat(copy.getSpec().path("collectionName").asText())
            .isEqualTo("staging_" + name.replace('-', '_'));
        assertThat(copy.getSpec().at("/source/bucketIds/0").asText()).isEqualTo("bkt_staging");
        assertThat(copy.getMetadata().getLabels())
            .containsEntry("environment", "staging")
            .containsEntry(Labels.CLONE_UID, clone.getMetadata().getUid());
        assertThat(copy.getMetadata().getOwnerReferences()).hasSize(1);
      }
      apply(namespace, rendered);
      names.forEach(n -> resources.awaitReason("staging-" + n, Reason.Cloned));
    }
  }

  @Test
  void aForkedLineageAppearsBesideProduction() {
    String rendered =
        Program.kubectlOrSkip("a staging lineage")
            .run("kustomize", "deploy/gitops/staging/lineage")
            .ok();
    try (TestNamespace namespace = TestNamespace.onRealServer("a staging lineage")) {
      TypedResources<CollectionClone, Collection> resources =
          namespace.resources(CatalogKind.COLLECTION);
      namespace.startOperator();
      apply(namespace, rendered);
      resources.createResource("detected-scenes", "detected_scenes");
      resources.createResource("video-frames", "video_frames");
      List.of("detected-scenes-staging", "video-frames-staging")
          .forEach(name -> resources.awaitReason(name, Reason.Cloned));
      Collection frames = resources.resource("video-frames-staging");
      Collection scenes = resources.resource("detected-scenes-staging");
      assertThat(frames.getSpec().at("/source/bucketId").asText()).isEqualTo("bkt_staging");
      assertThat(scenes.getStatus().getReferences().get(0).id()).isEqualTo(frames.getStatus().id());
      assertThat(scenes.getMetadata().getLabels()).containsEntry("environment", "staging");
      assertThat(scenes.getMetadata().getOwnerReferences()).hasSize(1);
    }
  }

  private static void apply(TestNamespace namespace, String rendered) {
    String here = rendered.replace(RENDERED_NAMESPACE, "namespace: " + namespace.name());
    namespace
        .client()
        .load(new ByteArrayInputStream(here.getBytes(StandardCharsets.UTF_8)))
        .resources()
        .forEach(resource -> resource.serverSideApply());
  }
}
