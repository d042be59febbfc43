package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of edits, deletions, restarts and failures of Mixpeek, several at once: when it
 * fails no more, it holds what the specs say, once, and the operator is silent.
 */
class RemoteSequencesTest {

  private static final String SEED = "mixpeek.seed";

  /** How many there are, of successive seeds. */
  private static final int SEQUENCES = Integer.getInteger("mixpeek.sequences", 12);

  private static final int AT_ONCE = 6;
  private static final int STEPS = 30;

  /** What fails may be tried again after a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private static final List<RemoteFault> FAULTS =
      List.of(
          RemoteFault.LOST_BEFORE,
          RemoteFault.LOST_AFTER,
          RemoteFault.CUT_SHORT,
          RemoteFault.SLOW,
          RemoteFault.LATE,
          RemoteFault.BAD_GATEWAY_AFTER,
          RemoteFault.NOT_JSON,
          RemoteFault.THROTTLED,
          RemoteFault.INTERNAL_ERROR);

  private static final List<Operation> OPERATIONS =
      List.of(
          Operation.GET,
          Operation.LIST,
          Operation.CREATE,
          Operation.CLONE,
          Operation.PATCH,
          Operation.DELETE);

  @Test
  void endWithWhatTheSpecsSay() throws Exception {
    ApiServer server = TestServer.EMBEDDED.orSkip("random sequences at Mixpeek");
    long seed = Long.getLong(SEED, System.nanoTime());
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> running = new ArrayList<>();
      LongStream.range(seed, seed + SEQUENCES)
          .forEach(each -> running.add(threads.submit(() -> run(server, each))));
      for (int i = 0; i < SEQUENCES; i++) {
        try {
          running.get(i).get();
        } catch (ExecutionException e) {
          throw new AssertionError(
              "Again by -Dmixpeek.sequences=1 -D%s=%d".formatted(SEED, seed + i), e.getCause());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void run(ApiServer server, long seed) {
    try (FakeMixpeek fake = new FakeMixpeek();
        TestNamespace namespace = new TestNamespace(server)) {
      namespace.connect(fake);
      namespace.startOperator();
      Sequence sequence = new Sequence(namespace, fake, new Random(seed));
      for (int i = 0; i < STEPS; i++) {
        sequence.step(i);
      }
      sequence.settle();
    }
  }

  /** What was done, and what must come of it. */
  private static final class Sequence {

    private final TestNamespace namespace;
    private final FakeMixpeek fake;
    private final Random random;
    private final TypedResources<CollectionClone, Collection> collections;

    /** Those that are not deleted; the targets of clones are among them. */
    private final List<String> kept = new ArrayList<>();

    /** Whose spec is compared: what a target holds was copied at Mixpeek. */
    private final Set<String> created = new HashSet<>();

    /** Of which a copy is being made. */
    private final Set<String> sources = new HashSet<>();

    /** The catalog names of what was deleted and may stay at Mixpeek. */
    private final Set<String> retained = new HashSet<>();

    /** By UID, as they were seen. */
    private final Map<String, String> ids = new HashMap<>();

    private Sequence(TestNamespace namespace, FakeMixpeek fake, Random random) {
      this.namespace = namespace;
      this.fake = fake;
      this.random = random;
      this.collections = namespace.resources(CatalogKind.COLLECTION);
    }

    private void step(int number) {
      switch (kept.isEmpty() ? 0 : random.nextInt(10)) {
        case 0, 1 -> create("r-" + number);
        case 2 -> copy("c-" + number, any(kept));
        case 3, 4, 5 -> edit(r -> r.getSpec().put("description", "text " + random.nextInt(3)));
        case 6 ->
            edit(
                r ->
                    r.getSpec()
                        .put("collectionName", r.getMetadata().getName() + random.nextInt(2)));
        case 7 -> delete();
        case 8 -> {
          if (random.nextInt(3) == 0) {
            namespace.startOperator();
          }
        }
        default -> fake.faults().inject(any(FAULTS), 1 + random.nextInt(2), any(OPERATIONS));
      }
      collections.resources().forEach(this::see);
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(400)).toNanos());
    }

    private <T> T any(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }

    private void create(String name) {
      boolean retain = random.nextBoolean();
      collections.createResource(
          name, name + "0", r -> r.getSpec().put("deletionPolicy", retain ? "Retain" : "Delete"));
      kept.add(name);
      created.add(name);
    }

    private void copy(String name, String source) {
      collections.createClone(name, source, name + "0");
      kept.add(name);
      sources.add(source);
    }

    private void edit(Consumer<Collection> change) {
      String name = any(kept);
      if (collections.resource(name) != null) {
        collections.editResource(name, change);
      }
    }

    private void delete() {
      String name = any(kept);
      if (created.contains(name) && !sources.contains(name)) {
        if (collections.resource(name).getSpec().path("deletionPolicy").asText().equals("Retain")) {
          retained.addAll(Set.of(name + "0", name + "1"));
        }
        kept.remove(name);
        created.remove(name);
        collections.deleteResource(name);
      }
    }

    /** An ID that was told stays. */
    private void see(Collection resource) {
      resource
          .reportedId()
          .ifPresent(
              id ->
                  assertThat(ids.merge(resource.getMetadata().getUid(), id, (was, is) -> was))
                      .isEqualTo(id));
    }

    private void settle() {
      fake.faults().heal();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                collections.resources().forEach(this::see);
                assertThat(collections.resources())
                    .extracting(r -> r.getMetadata().getName())
                    .containsExactlyInAnyOrderElementsOf(kept);
                kept.forEach(this::assertHeld);
                assertThat(others()).isSubsetOf(retained);
              });
      long changes = changes();
      await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> changes() == changes);
      assertThat(fake.violations()).isEmpty();
    }

    private long changes() {
      return fake.exchanges().stream().filter(e -> e.operation().writes()).count();
    }

    private void assertHeld(String name) {
      Collection resource = collections.resource(name);
      assertThat(resource.isReported(Reason.Assigned)).as(name + " is Assigned").isTrue();
      assertThat(resource.getStatus().getObservedGeneration())
          .as(name)
          .isEqualTo(resource.getMetadata().getGeneration());
      ObjectNode held =
          objects().stream()
              .filter(o -> o.path("collection_id").asText().equals(resource.reportedId().get()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(name + " is not at Mixpeek"));
      assertThat(held.path("collection_name").asText())
          .isEqualTo(resource.getSpec().path("collectionName").asText());
      if (created.contains(name)) {
        assertThat(held.path("description").asText())
            .as(name)
            .isEqualTo(resource.getSpec().path("description").asText());
        assertThat(resource.getStatus().condition(Conditions.IN_SYNC))
            .hasValueSatisfying(told -> assertThat(told.getStatus()).as(name).isEqualTo("True"));
      }
    }

    /** The names of what no resource stands for. */
    private List<String> others() {
      Set<String> reported = new HashSet<>();
      collections.resources().forEach(r -> r.reportedId().ifPresent(reported::add));
      return objects().stream()
          .filter(object -> !reported.contains(object.path("collection_id").asText()))
          .map(object -> object.path("collection_name").asText())
          .toList();
    }

    private List<ObjectNode> objects() {
      return fake.catalog(namespace.name(), CatalogKind.COLLECTION).objects();
    }
  }
}
