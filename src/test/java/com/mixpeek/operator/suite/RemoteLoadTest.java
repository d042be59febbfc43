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
import com.mixpeek.operator.testing.server.RequestRecorder;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many clones at once, while the operator is killed and answers are lost, at random. */
class RemoteLoadTest {

  private static final String SEED = "mixpeek.seed";
  private static final int CLONES = Integer.getInteger("mixpeek.remote.clones", 1000);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final List<RemoteFault> LOST =
      List.of(RemoteFault.LOST_BEFORE, RemoteFault.LOST_AFTER, RemoteFault.BAD_GATEWAY_AFTER);

  @Test
  void aThousandClonesEndAsAThousand() {
    long seed = Long.getLong(SEED, System.nanoTime());
    System.out.printf("Kills and lost answers by -D%s=%d%n", SEED, seed);
    Random random = new Random(seed);
    try (FakeMixpeek fake = new FakeMixpeek();
        TestNamespace namespace = new TestNamespace(TestServer.EMBEDDED.orSkip("many clones"))) {
      TypedResources<CollectionClone, Collection> collections =
          namespace.resources(CatalogKind.COLLECTION);
      namespace.connect(fake, "sk_of_many", 6000);
      namespace.startOperator();
      collections.createResource("origin", "origin_name");
      collections.awaitResource("origin", Reason.Assigned);
      // It keeps up with what creates them, and would be killed when there is little left to do.
      namespace.stopOperator();
      IntStream.range(0, CLONES)
          .parallel()
          .forEach(i -> collections.createClone("copy-" + i, "origin", "copy_" + i));
      namespace.startOperator();
      for (int kill = 0; kill < 5; kill++) {
        for (int i = 0; i < 10; i++) {
          fake.faults()
              .inject(
                  LOST.get(random.nextInt(LOST.size())),
                  1,
                  random.nextInt(3) == 0 ? Operation.LIST : Operation.CLONE);
        }
        int made = made(fake, namespace);
        int more = Math.min(CLONES, made + 1 + random.nextInt(CLONES / 10 + 1));
        // What is not met while there are many would all happen to the last, whose pauses double.
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  int now = made(fake, namespace);
                  return now > CLONES || (now >= more && fake.faults().areSpent());
                });
        assertThat(made(fake, namespace))
            .as("made when the operator is killed")
            .isLessThanOrEqualTo(CLONES);
        RequestRecorder recorder = namespace.operator().recorder();
        recorder.disconnectAt(
            1,
            random.nextBoolean()
                ? RequestRecorder.Disconnect.BEFORE
                : RequestRecorder.Disconnect.AFTER);
        await().atMost(PATIENCE).until(() -> recorder.isDisconnected() || allCloned(collections));
        namespace.startOperator();
      }
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(unfinished(collections)).isEmpty());
      Map<String, String> made =
          fake.catalog(namespace.name(), CatalogKind.COLLECTION).objects().stream()
              .collect(
                  Collectors.toMap(
                      RemoteLoadTest::name, object -> object.path("collection_id").asText()));
      assertThat(made).hasSize(CLONES + 1);
      Map<String, Collection> targets =
          collections.resources().stream()
              .collect(Collectors.toMap(r -> r.getMetadata().getName(), Function.identity()));
      assertThat(collections.clones())
          .hasSize(CLONES)
          .allSatisfy(
              clone -> {
                String name = clone.getMetadata().getName();
                assertThat(clone.reportedId()).contains(made.get(name.replace('-', '_')));
                assertThat(targets.get(name).reportedId()).isEqualTo(clone.reportedId());
              });
      assertThat(fake.violations()).isEmpty();
      assertIdle(fake, namespace);
    }
  }

  /** Fewer than five requests in half a minute, among them at least one page of what there is. */
  private static void assertIdle(FakeMixpeek fake, TestNamespace namespace) {
    // The look at all that there is begins within this time.
    int before = fake.exchanges().size();
    await().atMost(Duration.ofMinutes(1)).until(() -> fake.exchanges().size() > before);
    RequestRecorder recorder = namespace.operator().recorder();
    recorder.clear();
    await()
        .pollDelay(Duration.ofSeconds(30))
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(fake.exchanges().size() - before).isBetween(2, 4);
              assertThat(recorder.writes()).isEmpty();
            });
  }

  /** What each clone that is not done waits for, for the message of a run that does not end. */
  private static List<String> unfinished(TypedResources<CollectionClone, Collection> collections) {
    return collections.clones().stream()
        .filter(c -> !c.isReported(Reason.Cloned))
        .map(c -> c.getMetadata().getName() + ": " + Serialization.asJson(c.getStatus()))
        .toList();
  }

  private static boolean allCloned(TypedResources<CollectionClone, Collection> collections) {
    return unfinished(collections).isEmpty();
  }

  private static int made(FakeMixpeek fake, TestNamespace namespace) {
    return fake.catalog(namespace.name(), CatalogKind.COLLECTION).objects().size();
  }

  private static String name(ObjectNode object) {
    return object.path("collection_name").asText();
  }
}
