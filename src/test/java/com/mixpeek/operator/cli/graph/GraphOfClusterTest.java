package com.mixpeek.operator.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import com.mixpeek.operator.testing.server.RunningOperator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operator did, shown out of what the cluster holds. */
class GraphOfClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void showsWhatStatusesAndMarksTell() {
    try (EmbeddedApiServer server = new EmbeddedApiServer();
        KubernetesClient client = server.client();
        RunningOperator operator = new RunningOperator(server).start()) {
      create(client, Collection.class, GraphFixtures.collection("articles"));
      create(client, CollectionClone.class, GraphFixtures.clone("copy", "articles"));
      create(client, CollectionClone.class, GraphFixtures.clone("retained", "copy"));
      create(client, CollectionClone.class, GraphFixtures.clone("late", "nowhere"));
      await().atMost(PATIENCE).until(() -> reason(client, "retained").equals("Cloned"));
      await().atMost(PATIENCE).until(() -> reason(client, "late").equals("SourceNotFound"));
      client.resources(CollectionClone.class).withName("retained").delete();

      String text = GraphFixtures.text(lineage(client));

      assertThat(text.replaceAll("col_\\w{10}", "col_ID"))
          .isEqualTo(
              """
              Collection articles · articles · col_ID · Assigned
              └── Collection copy · copy · col_ID · Assigned
                  │ by clone copy (Cloned), overrides collectionName
                  └── Collection retained · retained · col_ID · Assigned
                        by clone retained (not in the cluster)
              Collection nowhere · not in the cluster
              └── CollectionClone late · wants late · SourceNotFound
                    overrides collectionName
                    There is no Collection with name nowhere in namespace default yet: the clone goes on\
               when it appears.
              """);
      String id = client.resources(Collection.class).withName("copy").get().reportedId().get();
      assertThat(text).contains("Collection copy · copy · " + id);
      assertThat(operator.recorder().requests()).isNotEmpty();
    }
  }

  @Test
  void showsWhatNoOperatorHasSeen() {
    try (EmbeddedApiServer server = new EmbeddedApiServer();
        KubernetesClient client = server.client()) {
      create(client, Collection.class, GraphFixtures.collection("articles"));
      create(client, CollectionClone.class, GraphFixtures.clone("copy", "articles"));

      assertThat(GraphFixtures.text(lineage(client)))
          .isEqualTo(
              """
              Collection articles · articles · no ID · not reported yet
              └── CollectionClone copy · wants copy · not reported yet
                    overrides collectionName
              """);
    }
  }

  private static Lineage lineage(KubernetesClient client) {
    return LineageTracer.trace(
        known(client, CatalogKind.COLLECTION), known(client, CatalogKind.TAXONOMY));
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>>
      LineageInput<C, R> known(KubernetesClient client, CatalogKind<C, R> kind) {
    return LineageInput.ofCluster(
        kind,
        client.resources(kind.resourceType()).list().getItems(),
        client.resources(kind.cloneType()).list().getItems());
  }

  private static String reason(KubernetesClient client, String clone) {
    CollectionClone now = client.resources(CollectionClone.class).withName(clone).get();
    return now.getStatus() == null
        ? ""
        : now.getStatus().condition("Ready").map(c -> c.getReason()).orElse("");
  }

  private static <T extends HasMetadata> void create(
      KubernetesClient client, Class<T> type, String yaml) {
    client.resource(Serialization.unmarshal(yaml, type)).create();
  }
}
