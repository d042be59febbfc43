package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.DeletionPolicy;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import com.mixpeek.operator.testing.server.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Never two, never lost, never overwritten: killed at any write, in any order, all at once; in the
 * cluster and at Mixpeek.
 */
@ParameterizedClass
@MethodSource("com.mixpeek.operator.suite.TestCatalog#everywhere")
class CrashTest {

  private static final String SEED = "mixpeek.seed";

  private final ApiServer server;

  private final TestCatalog catalog;

  CrashTest(TestServer server, TestCatalog catalog) {
    this.catalog = catalog;
    this.server = server.orSkip("crashes and orders");
  }

  /**
   * Each write of {@link #steps}, with the connection lost before it is sent and after it is done.
   */
  static Stream<Arguments> disconnects() {
    return IntStream.rangeClosed(1, 12)
        .boxed()
        .flatMap(
            write ->
                Stream.of(RequestRecorder.Disconnect.values())
                    .map(
                        disconnect ->
                            Arguments.of(
                                write,
                                disconnect,
                                write % 2 == 0 ? CatalogKind.COLLECTION : CatalogKind.TAXONOMY)));
  }

  /** A chain of two clones, a clone that takes over what was left behind, and a conflict. */
  private static List<Runnable> steps(TypedResources<?, ?> resources) {
    return List.of(
        () -> resources.createResource("origin", "origin_name"),
        () -> resources.createClone("one", "origin", "one_name"),
        () ->
            resources.createClone(
                "two",
                "one",
                "two_name",
                c -> c.getSpec().setDeletionPolicy(DeletionPolicy.Delete)),
        () -> resources.createClone("clash", "origin", "origin_name"));
  }

  @ParameterizedTest(name = "write {0}, connection lost {1}")
  @MethodSource("disconnects")
  void killedAtAnyWriteAndStartedAgain(
      int write, RequestRecorder.Disconnect disconnect, CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = catalog.namespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(kind);
      steps(resources).forEach(Runnable::run);
      catalog.loseAnswers();
      RequestRecorder recorder = namespace.prepareOperator();
      recorder.disconnectAt(write, disconnect);
      namespace.operator().start();
      await()
          .atMost(TestNamespace.PATIENCE)
          .until(
              () -> recorder.isDisconnected() || resources.settled(Set.of("one", "two", "clash")));
      Map<String, String> assignedIds = assignedIds(resources);
      namespace.startOperator();
      assertEnd(resources);
      assignedIds.forEach((name, id) -> assertThat(assignedIds(resources)).containsEntry(name, id));
    }
  }

  @Test
  void anyOrder() {
    int orders = server.real() ? 6 : 20;
    long seed = Long.getLong(SEED, System.nanoTime());
    System.out.printf("Orders shuffled with -D%s=%d%n", SEED, seed);
    Random random = new Random(seed);
    for (int i = 0; i < orders; i++) {
      CatalogKind<?, ?> kind = i % 2 == 0 ? CatalogKind.COLLECTION : CatalogKind.TAXONOMY;
      try (TestNamespace namespace = catalog.namespace(server)) {
        TypedResources<?, ?> resources = namespace.resources(kind);
        List<Runnable> steps = new ArrayList<>(steps(resources));
        steps.add(namespace::startOperator);
        steps.add(namespace::startOperator);
        Collections.shuffle(steps, random);
        steps.forEach(Runnable::run);
        assertEnd(resources);
      }
    }
  }

  @ForEachKind
  void sixThatWantOneNameAtOnce(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = catalog.namespace(server)) {
      TypedResources<?, ?> resources = namespace.resources(kind);
      resources.createResource("origin", "origin_name");
      namespace.startOperator();
      resources.awaitResource("origin", Reason.Assigned);
      List<String> names = IntStream.range(0, 6).mapToObj(i -> "copy-" + i).toList();
      names.parallelStream().forEach(name -> resources.createClone(name, "origin", "wanted_name"));
      await().atMost(TestNamespace.PATIENCE).until(() -> resources.settled(new HashSet<>(names)));
      assertThat(names)
          .filteredOn(n -> resources.clone(n).getStatus().id() != null)
          .as("clones with an ID")
          .hasSize(1);
      assertThat(names.stream().map(n -> resources.reason(n)).sorted())
          .containsExactly(
              "Cloned",
              "NameConflict",
              "NameConflict",
              "NameConflict",
              "NameConflict",
              "NameConflict");
      assertThat(resources.resources()).hasSize(2);
      assertThat(namespace.operator().recorder().writes())
          .filteredOn(r -> r.verb().equals("create"))
          .as("targets created")
          .hasSize(1);
      String winner =
          names.stream()
              .filter(n -> resources.reason(n).equals("Cloned"))
              .findFirst()
              .orElseThrow();
      catalog.remove(resources, resources.clone(winner).getStatus().id());
      resources.deleteResource(winner);
      await()
          .atMost(TestNamespace.PATIENCE)
          .until(
              () ->
                  resources.reason(winner).equals("TargetMissing")
                      && names.stream().filter(n -> resources.reason(n).equals("Cloned")).count()
                          == 1
                      && names.stream()
                              .filter(n -> resources.reason(n).equals("NameConflict"))
                              .count()
                          == 4);
    }
  }

  private void assertEnd(TypedResources<?, ?> resources) {
    resources.awaitReason("one", Reason.Cloned);
    resources.awaitReason("two", Reason.Cloned);
    resources.awaitReason("clash", Reason.NameConflict);
    assertThat(resources.resources())
        .extracting(r -> r.getMetadata().getName())
        .containsExactlyInAnyOrder("origin", "one", "two");
    Map<String, String> assignedIds = assignedIds(resources);
    assertThat(assignedIds.keySet()).contains("origin", "one", "two", "clone/one", "clone/two");
    assertThat(assignedIds.get("clone/one")).isEqualTo(assignedIds.get("one"));
    assertThat(assignedIds.get("clone/two")).isEqualTo(assignedIds.get("two"));
    assertThat(Set.of(assignedIds.get("origin"), assignedIds.get("one"), assignedIds.get("two")))
        .hasSize(3);
    for (CatalogResource<?> made : List.of(resources.resource("one"), resources.resource("two"))) {
      CloneResource<?> clone = resources.clone(made.getMetadata().getName());
      assertThat(made.getMetadata().getLabels())
          .containsEntry(Labels.CLONE_UID, clone.getMetadata().getUid());
    }
    assertThat(resources.resource("two").getMetadata().getOwnerReferences()).hasSize(1);
    catalog.assertMade(
        resources, assignedIds.get("origin"), assignedIds.get("one"), assignedIds.get("two"));
    assertThat(resources.events(Reason.Cloned)).containsExactlyInAnyOrder("one", "two");
  }

  /** Every ID that anybody could have read. */
  private static Map<String, String> assignedIds(TypedResources<?, ?> resources) {
    Map<String, String> assignedIds = new HashMap<>();
    resources
        .resources()
        .forEach(
            r -> r.reportedId().ifPresent(id -> assignedIds.put(r.getMetadata().getName(), id)));
    for (CloneResource<?> clone : resources.clones()) {
      if (clone.getStatus() != null && clone.getStatus().id() != null) {
        assignedIds.put("clone/" + clone.getMetadata().getName(), clone.getStatus().id());
      }
    }
    return assignedIds;
  }
}
