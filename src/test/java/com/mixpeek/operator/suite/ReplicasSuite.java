package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Replica;
import com.mixpeek.operator.Settings;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.Grants;
import com.mixpeek.operator.testing.Wire;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas, one of which works. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReplicasSuite {

  /** Longer than a lease and the pause before it is asked for again. */
  static final Duration TAKEOVER = Duration.ofSeconds(25);

  abstract ApiServer server();

  Replica replica(World<?, ?> world, String identity, Wire wire) {
    if (server().real()) {
      Grants.giveLease(world.client, world.namespace);
    }
    Settings settings =
        Settings.from(
            Map.of(
                "MIXPEEK_NAMESPACES",
                world.namespace,
                "MIXPEEK_LEADER_ELECTION",
                "true",
                "MIXPEEK_LEASE_NAMESPACE",
                world.namespace,
                "MIXPEEK_IDENTITY",
                identity,
                "MIXPEEK_HTTP_PORT",
                Integer.toString(freePort())));
    return new Replica(
        settings, Clock.systemUTC(), contact -> server().operatorClient(contact, wire));
  }

  @Test
  void aKilledLeaderIsReplacedAndNothingIsMadeTwice() throws Exception {
    Wire firstWire = new Wire();
    Wire secondWire = new Wire();
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server());
        Replica first = replica(world, "first", firstWire);
        Replica second = replica(world, "second", secondWire)) {
      first.start();
      await().atMost(TAKEOVER).until(first::leads);
      second.start();
      world.resource("origin", "origin_name");
      world.clone("one", "origin", "one_name");
      world.awaitReason("one", Reason.Cloned);
      assertThat(secondWire.writes()).as("writes of the standby").isEmpty();
      assertThat(get(second, "/readyz").statusCode()).as("a standby is ready").isEqualTo(200);
      assertThat(get(second, "/metrics").body()).contains("mixpeek_leader 0.0");

      firstWire.cutAt(1, Wire.Cut.BEFORE);
      IntStream.range(0, 5).forEach(i -> world.clone("more-" + i, "origin", "more_" + i));
      await().atMost(TAKEOVER).until(second::leads);
      assertThat(first.leads()).isFalse();
      for (int i = 0; i < 5; i++) {
        world.awaitReason("more-" + i, Reason.Cloned);
      }
      assertThat(world.resources()).hasSize(7);
      assertThat(get(second, "/metrics").body())
          .contains("mixpeek_leader 1.0")
          .contains("mixpeek_clones{kind=\"CollectionClone\",reason=\"Cloned\"} 6.0")
          .contains("mixpeek_clone_duration_seconds_count{kind=\"CollectionClone\"} 5");
    }
  }

  @Test
  void aLeaderThatIsStoppedProperlyGivesTheLeaseAway() throws Exception {
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server());
        Replica second = replica(world, "second", new Wire())) {
      Replica first = replica(world, "first", new Wire());
      first.start();
      await().atMost(TAKEOVER).until(first::leads);
      second.start();
      first.close();
      await().atMost(Duration.ofSeconds(8)).until(second::leads);
    }
  }

  @Test
  void aLeaderWhoseLeaseIsStolenWritesNothingMore() throws Exception {
    Wire wire = new Wire();
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server());
        Replica replica = replica(world, "robbed", wire)) {
      replica.start();
      await().atMost(TAKEOVER).until(replica::leads);
      steal(world);
      await().atMost(Duration.ofSeconds(5)).until(() -> !replica.leads());
      wire.forget();
      world.resource("origin", "origin_name");
      world.clone("one", "origin", "one_name");
      await().during(Duration.ofSeconds(4)).until(() -> wire.writes().isEmpty());
      world.awaitReasonWithin("one", Reason.Cloned, TAKEOVER);
    }
  }

  @Test
  void aRollingRestartUnderAStreamOfClonesLosesNothing() throws Exception {
    int clones = 40;
    try (World<?, ?> world = new World<>(CatalogKind.TAXONOMY, server())) {
      world.resource("origin", "origin_name");
      Replica old = replica(world, "old-1", new Wire());
      Replica alsoOld = replica(world, "old-2", new Wire());
      old.start();
      alsoOld.start();
      CompletableFuture<Void> stream =
          CompletableFuture.runAsync(
              () ->
                  IntStream.range(0, clones)
                      .forEach(
                          i -> {
                            world.clone("copy-" + i, "origin", "copy_" + i);
                            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                          }));
      try (Replica fresh = replica(world, "new-1", new Wire())) {
        fresh.start();
        old.close();
        try (Replica alsoFresh = replica(world, "new-2", new Wire())) {
          alsoFresh.start();
          alsoOld.close();
          stream.get(1, TimeUnit.MINUTES);
          for (int i = 0; i < clones; i++) {
            world.awaitReasonWithin("copy-" + i, Reason.Cloned, TAKEOVER);
          }
          assertThat(world.resources()).hasSize(clones + 1);
          assertThat(world.resources().stream().map(r -> r.reportedId().orElseThrow()).distinct())
              .hasSize(clones + 1);
        }
      }
    }
  }

  /** Takes the lease from who holds it, between two renewals. */
  private static void steal(World<?, ?> world) {
    var lease = world.client.leases().inNamespace(world.namespace).withName("mixpeek-operator");
    await()
        .atMost(World.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              world
                  .client
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

  static HttpResponse<String> get(Replica replica, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + replica.port().orElseThrow() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
