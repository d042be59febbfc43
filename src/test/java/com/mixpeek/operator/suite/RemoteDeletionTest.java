package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is deleted while it is not known whether it was made: nothing of it stays, nor is held. */
@ParameterizedClass
@EnumSource(TestServer.class)
class RemoteDeletionTest extends RemoteSuite {

  RemoteDeletionTest(TestServer server) {
    super(server, "deletion at Mixpeek");
    namespace.connect(fake);
    namespace.startOperator();
    collections.createResource("videos", "videos_name");
    collections.awaitResource("videos", Reason.Assigned);
  }

  @Test
  void whatWasMadeThoughTheAnswerWasLostIsFoundByNameAndDeleted() {
    leaveOpen(RemoteFault.LOST_AFTER, "frames", this::createFrames);
    assertThat(names()).containsExactlyInAnyOrder("videos_name", "frames_name");
    collections.deleteResource("frames");
    fake.faults().heal();
    awaitGone();
    assertThat(names()).containsExactly("videos_name");
  }

  /** As {@code kubectl replace} does with a manifest that has none. */
  @Test
  void theFinalizerComesBackThatSomebodyTookAway() {
    int before = fake.exchanges().size();
    collections.editResource("videos", r -> r.getMetadata().setFinalizers(List.of()));
    await().atMost(PATIENCE).until(() -> !collections.resource("videos").getFinalizers().isEmpty());
    assertThat(fake.exchanges()).as("not by a look that comes every ten minutes").hasSize(before);
    collections.deleteResource("videos");
    await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    assertThat(names()).isEmpty();
  }

  @Test
  void whatMayBeSomebodyElsesStaysAndIsTold() {
    leaveOpen(RemoteFault.LOST_BEFORE, "frames", this::createFrames);
    catalog().add(TestCatalog.body(CatalogKind.COLLECTION, "frames_name"));
    collections.deleteResource("frames");
    fake.faults().heal();
    await().atMost(PATIENCE).until(() -> collections.resource("frames") == null);
    assertThat(events()).contains("LeftBehind");
    assertThat(names()).containsExactlyInAnyOrder("videos_name", "frames_name");
  }

  @Test
  void whatIsDeletedWithWhatItRefersToIsStillKnown() {
    leaveOpen(RemoteFault.LOST_AFTER, "frames", this::createFrames);
    collections.deleteResource("videos");
    collections.deleteResource("frames");
    fake.faults().heal();
    awaitGone();
    await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    assertThat(names()).isEmpty();
  }

  @Test
  void whatWasNeverMadeIsWaitedForOnlyAsLongAsARequestMayBeOnItsWay() {
    leaveOpen(RemoteFault.LOST_BEFORE, "frames", this::createFrames);
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

  /** As {@code kubectl delete -f} does with a directory of manifests. */
  @Test
  void whatIsDeletedTogetherWithItsConnectionIsDeletedThere() {
    createFrames();
    collections.awaitResource("frames", Reason.Assigned);
    deleteConnection();
    collections.deleteResource("frames");
    collections.deleteResource("videos");
    awaitGone("frames");
    awaitGone("videos");
    assertThat(names()).isEmpty();
  }

  @Test
  void whatNobodyKnowsTheConnectionOfStaysAndIsTold() {
    namespace.stopOperator();
    deleteConnection();
    namespace.startOperator();
    collections.deleteResource("videos");
    await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    assertThat(events()).contains("LeftBehind");
    assertThat(names()).containsExactly("videos_name");
  }

  /** As with a namespace, when the Connection is looked at as an answer was lost. */
  @Test
  void whatIsDeletedTogetherWithTheSecretIsDeletedThere() {
    deleteSecret();
    fake.faults().inject(RemoteFault.LOST_BEFORE, 1, Operation.DELETE);
    collections.deleteResource("videos");
    await().atMost(PATIENCE).until(() -> connection().isReported(Reason.SecretNotFound));
    awaitGone("videos");
    assertThat(names()).isEmpty();
  }

  @Test
  void whatIsRefusedWithAKeyThatWasReplacedIsDeletedWithTheNextOne() {
    fake.allow("sk_next");
    namespace.putKey("sk_next");
    fake.revoke("sk_" + namespace.name());
    collections.deleteResource("videos");
    awaitGone("videos");
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"GATEWAY_MISSING", "BUSY"})
  void whatSaysNothingOfTheResourceItselfIsTriedAgain(RemoteFault fault) {
    fake.faults().inject(fault, 2, Operation.DELETE);
    collections.deleteResource("videos");
    awaitGone("videos");
    assertThat(names()).isEmpty();
  }

  @Test
  void whatIsDeletedLongAfterItsConnectionStaysAndIsTold() {
    namespace.stopOperator();
    Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));
    try (RunningOperator operator =
        new RunningOperator(namespace.server(), namespace.settings(), slow)) {
      operator.start();
      createFrames();
      collections.awaitResource("frames", Reason.Assigned);
      // Two minutes ago, as the operator sees it.
      deleteConnection();
      collections.deleteResource("videos");
      await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    }
    assertThat(events()).contains("LeftBehind");
    assertThat(names()).containsExactlyInAnyOrder("videos_name", "frames_name");
  }

  @Test
  void whatWentThroughAConnectionThatWasLastLedElsewhereStaysAndIsTold() {
    leadTo(elsewhere);
    deleteConnection();
    collections.deleteResource("videos");
    await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    assertThat(events()).contains("LeftBehind");
    assertThat(names()).containsExactly("videos_name");
  }

  @Test
  void whatWentThroughAnotherConnectionOfTheNameIsNotDeletedByIt() {
    deleteConnection();
    fake.allow("sk_other");
    namespace.putKey("sk_other");
    fake.alias("sk_other", namespace.name(), elsewhere);
    namespace
        .client()
        .resource(namespace.connection(fake.url().toString(), 6000))
        .inNamespace(namespace.name())
        .create();
    awaitLookedAt();
    collections.deleteResource("videos");
    await().atMost(PATIENCE).until(() -> collections.resource("videos") == null);
    assertThat(events()).contains("LeftBehind");
    assertThat(names()).containsExactly("videos_name");
  }

  private void deleteConnection() {
    namespace.client().resource(connection()).delete();
    await().atMost(PATIENCE).until(() -> connection() == null);
  }

  private void deleteSecret() {
    namespace
        .client()
        .secrets()
        .inNamespace(namespace.name())
        .withName(TestNamespace.CONNECTION)
        .delete();
  }

  private void awaitGone() {
    awaitGone("frames");
  }

  private void awaitGone(String name) {
    await().atMost(PATIENCE).until(() -> collections.resource(name) == null);
    assertThat(events()).doesNotContain("LeftBehind");
  }

  private List<String> names() {
    return catalog().objects().stream()
        .map((ObjectNode object) -> object.path("collection_name").asText())
        .toList();
  }
}
