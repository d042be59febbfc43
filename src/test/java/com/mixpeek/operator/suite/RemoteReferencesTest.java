package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent to Mixpeek for references by name, and for names that the API had once. */
@ParameterizedClass
@EnumSource(TestServer.class)
class RemoteReferencesTest extends RemoteSuite {

  RemoteReferencesTest(TestServer server) {
    super(server, "references at Mixpeek");
    namespace.connect(fake);
    namespace.startOperator();
  }

  @Test
  void aNameIsSentAsTheIdThatMixpeekGave() {
    collections.createResource("frames", "frames_name", reads("videos"));
    collections.awaitResource("frames", Reason.ReferenceNotFound);
    collections.createResource("videos", "videos_name");
    String id = collections.awaitResource("videos", Reason.Assigned).reportedId().orElseThrow();
    collections.awaitResource("frames", Reason.Assigned);
    assertThat(fake.exchanges())
        .filteredOn(e -> e.operation() == Operation.CREATE)
        .extracting(e -> e.body().path("source").path("collection_id").asText())
        .containsExactly("", id);
  }

  @Test
  void anIdOfTheClustersOwnIsNotSent() {
    collections.createResource("videos", "videos_name", withoutConnection());
    collections.awaitResource("videos", Reason.Assigned);
    collections.createResource("frames", "frames_name", reads("videos"));
    assertThat(
            collections
                .awaitResource("frames", Reason.ReferenceNotReady)
                .ready()
                .map(Condition::getMessage))
        .hasValueSatisfying(said -> assertThat(said).contains("which is not at Mixpeek"));
    assertThat(fake.exchanges()).noneMatch(e -> e.operation() == Operation.CREATE);
    collections.deleteResource("videos");
    await().atMost(TestNamespace.PATIENCE).until(() -> collections.resource("videos") == null);
    collections.createResource("videos", "videos_name");
    collections.awaitResource("frames", Reason.Assigned);
  }

  @Test
  void anIdOfAnotherConnectionIsNotSent() {
    var other = namespace.connection(fake.url().toString(), 6000);
    other.getMetadata().setName("other");
    namespace.client().resource(other).create();
    collections.createResource(
        "videos", "videos_name", r -> r.getSpec().putObject("connectionRef").put("name", "other"));
    collections.awaitResource("videos", Reason.Assigned);
    collections.createResource("frames", "frames_name", reads("videos"));
    assertThat(
            collections
                .awaitResource("frames", Reason.ReferenceNotReady)
                .ready()
                .map(Condition::getMessage))
        .hasValueSatisfying(said -> assertThat(said).contains("goes through Connection other"));
  }

  @Test
  void anIdOfMixpeeksThatIsPinnedInTheClusterIsSent() {
    String id =
        catalog()
            .add(TestCatalog.body(CatalogKind.COLLECTION, "videos_name"))
            .path("collection_id")
            .asText();
    collections.createResource(
        "videos",
        "videos_name",
        withoutConnection().andThen(r -> r.getSpec().put("collectionId", id)));
    collections.createResource("frames", "frames_name", reads("videos"));
    collections.awaitResource("frames", Reason.Assigned);
    assertThat(fake.exchanges())
        .filteredOn(e -> e.operation() == Operation.CREATE)
        .extracting(e -> e.body().path("source").path("collection_id").asText())
        .containsExactly(id);
  }

  @Test
  void anOlderNameOfAFieldIsSentAsItIsCalledNow() {
    collections.createResource(
        "videos",
        "videos_name",
        r ->
            r.getSpec()
                .set(
                    "source",
                    TypedResources.json("{\"type\": \"bucket\", \"bucketId\": \"bkt_a\"}")));
    await()
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        collections
                            .awaitResource("videos", Reason.Assigned)
                            .getStatus()
                            .condition("InSync")
                            .map(Condition::getStatus))
                    .contains("True"));
    collections.createClone("copy", "videos", "copy_name");
    collections.awaitReason("copy", Reason.Cloned);
    assertThat(collections.resource("copy").getSpec().path("source").path("bucketId").asText())
        .as("the spec is copied as it is written")
        .isEqualTo("bkt_a");
  }

  private static Consumer<Collection> reads(String name) {
    return r ->
        r.getSpec()
            .putObject("source")
            .put("type", "collection")
            .putObject("collectionRef")
            .put("name", name);
  }

  private static Consumer<Collection> withoutConnection() {
    return r -> {
      r.getSpec().remove("connectionRef");
      r.getSpec().remove("deletionPolicy");
    };
  }
}
