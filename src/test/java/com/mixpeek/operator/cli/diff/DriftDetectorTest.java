package com.mixpeek.operator.cli.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.StoredJson;
import com.mixpeek.operator.cli.cluster.Lister;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.plan.ManifestResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {

  private static final ObjectMapper MAPPER = StoredJson.mapper();

  private static final ObjectNode CLONE =
      yaml(
          """
          apiVersion: mixpeek.com/v1alpha1
          kind: CollectionClone
          metadata: {name: copy, namespace: a}
          spec:
            sourceRef: {collectionId: col_there}
            connectionRef: {name: mixpeek}
            overrides: {collectionName: copy_name}
          status: {targetName: copy, collectionId: col_copy, sourceCollectionId: col_there}
          """);

  private static final ObjectNode COPY =
      yaml(
          """
          apiVersion: mixpeek.com/v1alpha1
          kind: Collection
          metadata: {name: copy, namespace: a, generation: 1}
          spec: {collectionName: copy_name}
          status: {collectionId: col_copy}
          """);

  /** There is nothing to compare the copy with, and nothing was deleted. */
  @Test
  void aSourceThatOnlyMixpeekHasIsNotGone() {
    DiffEntry.Created created = detect(CLONE, COPY);
    assertThat(created.outcome())
        .isEqualTo("made already, ID col_copy; its source is at Mixpeek only");
    assertThat(created.source()).isEqualTo("col_there");
    assertThat(created.isFinding()).isFalse();
    assertThat(created.lines(3)).isEmpty();
  }

  @Test
  void aCopyThatWasDeletedIs() {
    DiffEntry.Created created = detect(CLONE);
    assertThat(created.outcome()).endsWith("the copy was deleted");
    assertThat(created.isFinding()).isTrue();
  }

  private static DiffEntry.Created detect(ObjectNode... there) {
    Lister cluster =
        new Lister() {
          @Override
          public <T extends HasMetadata> List<T> list(Class<T> type, String namespace) {
            return List.of(there).stream()
                .filter(json -> json.path("kind").asText().equals(type.getSimpleName()))
                .map(json -> read(json, type))
                .toList();
          }
        };
    return new DriftDetector(cluster)
        .detect(
            CatalogKind.COLLECTION,
            new ManifestResource<>(Manifest.ofCluster(CLONE), read(CLONE, CollectionClone.class)))
        .orElseThrow();
  }

  private static ObjectNode yaml(String text) {
    return Serialization.unmarshal(text, ObjectNode.class);
  }

  private static <T> T read(ObjectNode json, Class<T> type) {
    return MAPPER.convertValue(json, type);
  }
}
