package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is deleted while it is not known whether it was made: nothing of it stays, nor is held. */
@ParameterizedClass
@EnumSource(TestServer.class)
class RemoteDeletionTest {

  /** Longer than it waits for a request that may be on its way. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FakeMixpeek fake = new FakeMixpeek();
  private final TestNamespace namespace;
  private final TypedResources<CollectionClone, Collection> collections;

  RemoteDeletionTest(TestServer server) {
    namespace = new TestNamespace(server.orSkip("deletion at Mixpeek"));
    collections = namespace.resources(CatalogKind.COLLECTION);
    namespace.connect(fake);
    namespace.startOperator();
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Assigned);
  }

  @AfterEach
  void close() {
    namespace.close();
    assertThat(fake.violations()).isEmpty();
    fake.close();
  }

  @Test
  void whatWasMadeThoughTheAnswerWasLostIsFoundByNameAndDeleted() {
    leaveOpen(RemoteFault.LOST_AFTER);
    assertThat(names()).containsExactlyInAnyOrder("videos_name", "frames_name");
    collections.deleteResource("frames");
    fake.faults().heal();
    awaitGone();
    assertThat(names()).containsExactly("videos_name");
  }

  @Test
  void whatMayBeSomebodyElsesStaysAndIsTold() {
    leaveOpen(RemoteFault.LOST_BEFORE);
    fake.catalog(namespace.name(), CatalogKind.COLLECTION)
        .add(TestCatalog.body(CatalogKind.COLLECTION, "frames_name"));
    collections.deleteResource("frames");
    fake.faults().heal();
    await().atMost(PATIENCE).until(() -> collections.resource("frames") == null);
    assertThat(events()).contains("LeftBehind");
    assertThat(names()).containsExactlyInAnyOrder("videos_name", "frames_name");
  }

  @Test
  void whatIsDeletedWithWhatItRefersToIsStillKnown() {
    leaveOpen(RemoteFault.LOST_AFTER);
    collections.deleteResource("videos");
    collections.deleteResource("frames");
    fake.faults().heal();
    awaitGone();
    await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    assertThat(names()).isEmpty();
  }

  @Test
  void whatWasNeverMadeIsWaitedForOnlyAsLongAsARequestMayBeOnItsWay() {
    leaveOpen(RemoteFault.LOST_BEFORE);
    collections.deleteResource("frames");
    fake.faults().heal();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        collections
                            .resource("frames")
                            .ready()
                            .map(ready -> ready.getMessage())
                            .orElse(""))
                    .contains("may still be on its way"));
    awaitGone();
    assertThat(names()).containsExactly("videos_name");
  }

  @Test
  void whatIsMadeOnlyAfterItsDeletionBeganIsDeleted() {
    fake.faults().inject(RemoteFault.LATE, 1, Operation.CREATE);
    createFrames();
    await().atMost(PATIENCE).until(fake::isBusy);
    collections.deleteResource("frames");
    awaitGone();
    await().atMost(PATIENCE).until(() -> !fake.isBusy());
    assertThat(names()).containsExactly("videos_name");
  }

  @Test
  void whatIsMadeWhileNoOperatorRunsIsDeletedByTheNext() {
    fake.faults().inject(RemoteFault.LATE, 1, Operation.CREATE);
    createFrames();
    await().atMost(PATIENCE).until(fake::isBusy);
    namespace.stopOperator();
    collections.deleteResource("frames");
    namespace.startOperator();
    awaitGone();
    await().atMost(PATIENCE).until(() -> !fake.isBusy());
    assertThat(names()).containsExactly("videos_name");
  }

  /** Has one asked for of which it is not known whether it was made, and nobody can look. */
  private void leaveOpen(RemoteFault fault) {
    fake.faults().inject(fault, 1, Operation.CREATE);
    fake.faults().injectAfter(Operation.CREATE, RemoteFault.INTERNAL_ERROR, Operation.LIST);
    createFrames();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                fake.exchanges().stream()
                    .anyMatch(e -> e.operation() == Operation.CREATE && e.status() == 0));
    await().atMost(PATIENCE).until(() -> collections.resource("frames").remote().attempt() != null);
  }

  private void createFrames() {
    collections.createResource(
        "frames",
        "frames_name",
        r ->
            r.getSpec()
                .putObject("source")
                .put("type", "collection")
                .putObject("collectionRef")
                .put("name", "videos"));
  }

  private void awaitGone() {
    await().atMost(PATIENCE).until(() -> collections.resource("frames") == null);
    assertThat(events()).doesNotContain("LeftBehind");
  }

  private List<String> events() {
    return namespace
        .client()
        .events()
        .v1()
        .events()
        .inNamespace(namespace.name())
        .list()
        .getItems()
        .stream()
        .map(event -> event.getReason())
        .toList();
  }

  private List<String> names() {
    return fake.catalog(namespace.name(), CatalogKind.COLLECTION).objects().stream()
        .map((ObjectNode object) -> object.path("collection_name").asText())
        .toList();
  }
}
