package com.mixpeek.operator.suite;

import static com.mixpeek.operator.suite.TestReplicas.TAKEOVER;
import static com.mixpeek.operator.suite.TestReplicas.get;
import static com.mixpeek.operator.suite.TestReplicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Replica;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two replicas, one of which works. */
@ParameterizedClass
@MethodSource("com.mixpeek.operator.suite.TestCatalog#everywhere")
class ReplicasTest {

  private final ApiServer server;

  private final TestCatalog catalog;

  ReplicasTest(TestServer server, TestCatalog catalog) {
    this.catalog = catalog;
    this.server = server.orSkip("two replicas");
  }

  @Test
  void aKilledLeaderIsReplacedAndNothingIsMadeTwice() throws Exception {
    RequestRecorder firstRequests = new RequestRecorder();
    RequestRecorder secondRequests = new RequestRecorder();
    try (TestNamespace namespace = catalog.namespace(server);
        Replica first = replica(namespace, "first", firstRequests);
        Replica second = replica(namespace, "second", secondRequests)) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      first.start();
      await().atMost(TAKEOVER).until(first::leads);
      second.start();
      resources.createResource("origin", "origin_name");
      resources.createClone("one", "origin", "one_name");
      resources.awaitReason("one", Reason.Cloned);
      assertThat(secondRequests.writes()).as("writes of the standby").isEmpty();
      assertThat(get(second, "/readyz").statusCode()).as("a standby is ready").isEqualTo(200);
      assertThat(get(second, "/metrics").body()).contains("mixpeek_leader 0.0");

      firstRequests.disconnectAt(1, RequestRecorder.Disconnect.BEFORE);
      IntStream.range(0, 5).forEach(i -> resources.createClone("more-" + i, "origin", "more_" + i));
      await().atMost(TAKEOVER).until(second::leads);
      assertThat(first.leads()).isFalse();
      for (int i = 0; i < 5; i++) {
        resources.awaitReason("more-" + i, Reason.Cloned);
      }
      assertThat(resources.resources()).hasSize(7);
      assertThat(get(second, "/metrics").body())
          .contains("mixpeek_leader 1.0")
          .contains("mixpeek_clones{kind=\"CollectionClone\",reason=\"Cloned\"} 6.0")
          .contains("mixpeek_clone_duration_seconds_count{kind=\"CollectionClone\"} 5");
    }
  }

  @Test
  void aLeaderThatIsStoppedProperlyGivesTheLeaseAway() throws Exception {
    try (TestNamespace namespace = catalog.namespace(server);
        Replica second = replica(namespace, "second", new RequestRecorder())) {
      Replica first = replica(namespace, "first", new RequestRecorder());
      first.start();
      await().atMost(TAKEOVER).until(first::leads);
      second.start();
      first.close();
      await().atMost(Duration.ofSeconds(8)).until(second::leads);
    }
  }

  @Test
  void aLeaderWhoseLeaseIsStolenWritesNothingMore() throws Exception {
    RequestRecorder recorder = new RequestRecorder();
    try (TestNamespace namespace = catalog.namespace(server);
        Replica replica = replica(namespace, "robbed", recorder)) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      replica.start();
      await().atMost(TAKEOVER).until(replica::leads);
      steal(namespace);
      await().atMost(Duration.ofSeconds(5)).until(() -> !replica.leads());
      recorder.clear();
      resources.createResource("origin", "origin_name");
      resources.createClone("one", "origin", "one_name");
      // The thief's lease runs for longer than this: time is what keeps the replica from writing.
      await().during(Duration.ofSeconds(4)).until(() -> recorder.writes().isEmpty());
      resources.awaitReasonWithin("one", Reason.Cloned, TAKEOVER);
    }
  }

  @Test
  void aRollingRestartUnderAStreamOfClonesLosesNothing() throws Exception {
    int clones = 40;
    try (TestNamespace namespace = catalog.namespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.TAXONOMY);
      resources.createResource("origin", "origin_name");
      Replica old = replica(namespace, "old-1", new RequestRecorder());
      Replica alsoOld = replica(namespace, "old-2", new RequestRecorder());
      old.start();
      alsoOld.start();
      CompletableFuture<Void> stream =
          CompletableFuture.runAsync(
              () ->
                  IntStream.range(0, clones)
                      .forEach(
                          i -> {
                            resources.createClone("copy-" + i, "origin", "copy_" + i);
                            // How fast clones come, which nothing waits for.
                            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                          }));
      try (Replica fresh = replica(namespace, "new-1", new RequestRecorder())) {
        fresh.start();
        old.close();
        try (Replica alsoFresh = replica(namespace, "new-2", new RequestRecorder())) {
          alsoFresh.start();
          alsoOld.close();
          stream.get(1, TimeUnit.MINUTES);
          for (int i = 0; i < clones; i++) {
            resources.awaitReasonWithin("copy-" + i, Reason.Cloned, TAKEOVER);
          }
          assertThat(resources.resources()).hasSize(clones + 1);
          assertThat(
                  resources.resources().stream().map(r -> r.reportedId().orElseThrow()).distinct())
              .hasSize(clones + 1);
        }
      }
    }
  }

  /** Takes the lease from who holds it, between two renewals. */
  private static void steal(TestNamespace namespace) {
    var lease =
        namespace.client().leases().inNamespace(namespace.name()).withName("mixpeek-operator");
    await()
        .atMost(TestNamespace.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              namespace
                  .client()
                  .resource(
                      new LeaseBuilder(lease.get())
                          .editSpec()
                          .withHolderIdentity("thief")
                          .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                          .endSpec()
                          .build())
                  .update();
              return true;
            });
  }
}
