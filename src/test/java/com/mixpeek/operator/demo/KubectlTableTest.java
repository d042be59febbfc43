package com.mixpeek.operator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.testing.Crds;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubectlTableTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

  @Test
  void hasTheColumnsOfTheCrdAsWideAsTheyNeedToBe() {
    JsonNode done =
        yaml(
            """
            metadata: {name: embeddings-v2, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {sourceRef: {collectionName: embeddings}}
            status:
              targetName: embeddings-v2
              collectionId: col_Zk3v9Qm1xT
              conditions:
                - {type: Stalled, status: "False", reason: Other}
                - {type: Ready, status: "True", reason: Cloned}
            """);
    JsonNode unseen = yaml("metadata: {name: b}\nspec: {sourceRef: {name: a}}");

    assertThat(new KubectlTable(crd("CollectionClone")).lines(List.of(done, unseen), NOW))
        .containsExactly(
            "NAME                                        SOURCE       TARGET          ID           "
                + "    READY   REASON   AGE",
            "collectionclone.mixpeek.com/embeddings-v2   embeddings   embeddings-v2   "
                + "col_Zk3v9Qm1xT   True    Cloned   60s",
            "collectionclone.mixpeek.com/b               a                                         "
                + "                     <unknown>");
  }

  @Test
  void leavesOutWhatKubectlOnlyShowsWide() {
    assertThat(new KubectlTable(crd("Collection")).lines(List.of(), NOW))
        .containsExactly("NAME   COLLECTION   ID   READY   AGE");
  }

  @Test
  void abbreviatesAnAge() {
    assertThat(KubectlTable.age(Duration.ofSeconds(-1))).isEqualTo("0s");
    assertThat(KubectlTable.age(Duration.ofSeconds(119))).isEqualTo("119s");
    assertThat(KubectlTable.age(Duration.ofMinutes(119))).isEqualTo("119m");
    assertThat(KubectlTable.age(Duration.ofHours(47))).isEqualTo("47h");
    assertThat(KubectlTable.age(Duration.ofDays(400))).isEqualTo("400d");
  }

  private static CustomResourceDefinition crd(String kind) {
    return Crds.all().stream()
        .filter(crd -> crd.getSpec().getNames().getKind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode yaml(String yaml) {
    return Serialization.unmarshal(yaml, JsonNode.class);
  }
}
