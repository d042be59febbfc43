package com.mixpeek.operator.suite;

import static com.mixpeek.operator.suite.TestReplicas.get;
import static com.mixpeek.operator.suite.TestReplicas.shard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Replica;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.Grants;
import com.mixpeek.operator.testing.server.RequestRecorder;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three operators, each for the namespaces of its label: what moves is neither lost nor doubled.
 */
@ParameterizedClass
@EnumSource(TestServer.class)
class ShardsTest {

  private static final String KEY = "sharding.mixpeek.com/key";
  private static final List<String> SHARDS = List.of("one", "two", "rest");

  /** Longer than the pause after which a shard takes a namespace over. */
  private static final Duration HANDOVER = Duration.ofSeconds(20);

  private final ApiServer server;
  private final KubernetesClient client;

  /** Keeps the shards from the namespaces of other tests. */
  private final String mark = "m" + UUID.randomUUID().toString().substring(0, 8);

  private final Map<String, RequestRecorder> recorders = new HashMap<>();
  private final Map<String, Replica> replicas = new HashMap<>();

  ShardsTest(TestServer server) {
    this.server = server.orSkip("shards");
    this.client = this.server.client();
  }

  @BeforeEach
  void start() throws InterruptedException {
    if (server.real()) {
      Grants.giveShard(client);
    }
    for (String name : SHARDS) {
      RequestRecorder recorder = new RequestRecorder();
      recorders.put(name, recorder);
      String key = name.equals("rest") ? "!" + KEY : KEY + "=" + name;
      replicas.put(name, shard(server, name, "mark=" + mark + "," + key, recorder));
      replicas.get(name).start();
    }
  }

  @AfterEach
  void stop() {
    replicas.values().forEach(Replica::close);
    if (server.real()) {
      Grants.takeShard(client);
    }
    client.close();
  }

  private void move(TestNamespace namespace, String shard) {
    Namespace now = client.namespaces().withName(namespace.name()).get();
    Map<String, String> labels = new HashMap<>();
    Optional.ofNullable(now.getMetadata().getLabels()).ifPresent(labels::putAll);
    labels.put("mark", mark);
    labels.compute(KEY, (key, before) -> shard.equals("rest") ? null : shard);
    now.getMetadata().setLabels(labels);
    client.resource(now).update();
  }

  @Test
  void eachNamespaceHasOneShardWhichTellsOfIt() throws Exception {
    try (TestNamespace one = new TestNamespace(server);
        TestNamespace none = new TestNamespace(server)) {
      move(one, "one");
      move(none, "rest");
      for (TestNamespace namespace : List.of(one, none)) {
        TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
        resources.createResource("origin", "origin_name");
        resources.createClone("copy", "origin", "copy_name");
        resources.awaitReasonWithin("copy", Reason.Cloned, HANDOVER);
      }
      assertThat(recorders.get("one").writes()).hasSize(4);
      assertThat(recorders.get("rest").writes()).hasSize(4);
      assertThat(recorders.get("two").writes()).isEmpty();
      assertThat(get(replicas.get("one"), "/metrics").body())
          .contains("mixpeek_leader{shard=\"one\"} 1.0")
          .contains(
              "mixpeek_clones{kind=\"CollectionClone\",reason=\"Cloned\",shard=\"one\","
                  + "watched_namespace=\"%s\"} 1.0".formatted(one.name()))
          .doesNotContain(none.name());
      move(one, "two");
      await()
          .atMost(HANDOVER)
          .until(() -> get(replicas.get("two"), "/metrics").body().contains(one.name()));
      assertThat(get(replicas.get("one"), "/metrics").body()).doesNotContain(one.name());
      assertThat(recorders.get("two").writes()).isEmpty();
    }
  }

  /** A clone that waits, a target whose ID is still missing, and a conflict change the shard. */
  @Test
  void whatIsHalfDoneIsFinishedByTheNextShard() {
    try (TestNamespace namespace = new TestNamespace(server)) {
      move(namespace, "one");
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.TAXONOMY);
      resources.createResource("origin", "origin_name");
      resources.createClone("waiting", "late", "waiting_name");
      resources.createClone("clash", "origin", "origin_name");
      resources.awaitReasonWithin("waiting", Reason.SourceNotFound, HANDOVER);
      resources.awaitReason("clash", Reason.NameConflict);
      recorders.get("one").failWrites(r -> r.resource().equals("taxonomies/status"));
      resources.createClone("half", "origin", "half_name");
      await().atMost(HANDOVER).until(() -> resources.resource("half") != null);
      String uid = resources.resource("half").getMetadata().getUid();

      move(namespace, "two");
      resources.createResource("late", "late_name");
      resources.awaitReasonWithin("half", Reason.Cloned, HANDOVER);
      resources.awaitReason("waiting", Reason.Cloned);
      assertThat(resources.resource("half").getMetadata().getUid()).isEqualTo(uid);
      assertThat(resources.reason("clash")).isEqualTo(Reason.NameConflict.name());
      assertThat(resources.resources()).hasSize(4);

      recorders.get("one").failWrites(null);
      recorders.get("one").clear();
      resources.deleteResource("half");
      resources.awaitReason("half", Reason.TargetMissing);
      assertThat(recorders.get("one").writes()).isEmpty();
    }
  }

  @Test
  void namespacesMoveToAndFroUnderAStreamOfClones() {
    long seed = Long.getLong("mixpeek.seed", System.nanoTime());
    System.out.printf("Moves drawn with -Dmixpeek.seed=%d%n", seed);
    Random random = new Random(seed);
    try (TestNamespace first = new TestNamespace(server);
        TestNamespace second = new TestNamespace(server)) {
      List<TestNamespace> namespaces = List.of(first, second);
      List<TypedResources<?, ?>> all = new ArrayList<>();
      for (TestNamespace namespace : namespaces) {
        move(namespace, SHARDS.get(random.nextInt(3)));
        TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
        resources.createResource("origin", "origin_name");
        all.add(resources);
      }
      int clones = 30;
      for (int i = 0; i < clones; i++) {
        if (i % 6 == 0) {
          move(namespaces.get(random.nextInt(2)), SHARDS.get(random.nextInt(3)));
        }
        // Each is of the one before it, so that a lost one would stop all that follow.
        String source = i == 0 ? "origin" : "copy-" + (i - 1);
        for (TypedResources<?, ?> resources : all) {
          resources.createClone("copy-" + i, source, "copy_" + i);
          // Two want one name: one gets it.
          resources.createClone("rival-" + i, "origin", "rival_" + i / 2);
        }
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(400)).toNanos());
      }
      namespaces.forEach(namespace -> move(namespace, SHARDS.get(random.nextInt(3))));
      all.forEach(resources -> assertEnd(resources, clones));
    }
  }

  private static void assertEnd(TypedResources<?, ?> resources, int clones) {
    Set<String> names =
        Stream.of("copy-", "rival-")
            .flatMap(p -> Stream.iterate(0, i -> i < clones, i -> i + 1).map(i -> p + i))
            .collect(Collectors.toSet());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> resources.clones().size() == names.size() && resources.settled(names));
    var made = resources.resources();
    assertThat(made).hasSize(1 + clones + clones / 2);
    assertThat(made).extracting(r -> r.reportedId().orElseThrow()).doesNotHaveDuplicates();
    assertThat(made)
        .extracting(r -> r.text(resources.kind().nameField()).orElseThrow())
        .doesNotHaveDuplicates();
    Set<String> makers = new HashSet<>();
    made.forEach(
        r -> r.label(Labels.CLONE_UID).ifPresent(uid -> assertThat(makers.add(uid)).isTrue()));
    resources
        .clones()
        .forEach(
            clone ->
                assertThat(makers.contains(clone.getMetadata().getUid()))
                    .as(clone.getMetadata().getName())
                    .isEqualTo(resources.reason(clone.getMetadata().getName()).equals("Cloned")));
  }
}
