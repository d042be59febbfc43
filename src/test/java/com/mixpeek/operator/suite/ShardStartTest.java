package com.mixpeek.operator.suite;

import static com.mixpeek.operator.suite.TestReplicas.get;
import static com.mixpeek.operator.suite.TestReplicas.shard;
import static com.mixpeek.operator.testing.server.EmbeddedApiServer.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Replica;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A shard that is still starting, as a namespace of it cannot be listed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShardStartTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final EmbeddedApiServer server = new EmbeddedApiServer();

  @Test
  void aNamespaceThatMovesAwayMeanwhileIsLetGo() throws Exception {
    RequestRecorder before = new RequestRecorder();
    RequestRecorder after = new RequestRecorder();
    try (TestNamespace stuck = new TestNamespace(server);
        TestNamespace moving = new TestNamespace(server);
        Replica one = shard(server, "one", "shard=one", before);
        Replica two = shard(server, "two", "shard=two", after)) {
      AutoCloseable fault =
          server.refuse(
              request ->
                  request.getPath().contains("/" + stuck.name() + "/")
                      ? refusal(503, "ServiceUnavailable", "later")
                      : null);
      move(stuck, "one");
      move(moving, "one");
      two.start();
      CompletableFuture<Void> starting = CompletableFuture.runAsync(() -> start(one));
      TypedResources<?, ?> resources = moving.resources(CatalogKind.COLLECTION);
      resources.createResource("origin", "origin_name");
      resources.awaitResource("origin", Reason.Assigned);
      assertThat(starting).isNotDone();

      move(moving, "two");
      await().atMost(PATIENCE).until(() -> get(two, "/metrics").body().contains(moving.name()));
      fault.close();
      starting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      before.clear();
      for (int i = 0; i < 5; i++) {
        resources.createClone("copy-" + i, "origin", "copy_" + i);
        resources.awaitReasonWithin("copy-" + i, Reason.Cloned, PATIENCE);
      }
      assertThat(before.writes()).isEmpty();
      assertThat(get(one, "/metrics").body()).doesNotContain(moving.name());
    }
  }

  private static void start(Replica replica) {
    try {
      replica.start();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void move(TestNamespace namespace, String shard) {
    var now = namespace.client().namespaces().withName(namespace.name()).get();
    now.getMetadata().setLabels(Map.of("shard", shard));
    namespace.client().resource(now).update();
  }

  @AfterAll
  void close() {
    server.close();
  }
}
