package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.DeletionPolicy;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.Wire;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Never two, never lost, never overwritten: killed at any write, in any order, all at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CrashSuite {

  private static final String SEED = "mixpeek.seed";

  abstract ApiServer server();

  /** How many orders are tried. */
  abstract int orders();

  static Stream<CatalogKind<?, ?>> kinds() {
    return Stream.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY);
  }

  /** Each write of {@link #scene}, cut before it leaves and after it is done. */
  static Stream<Arguments> cuts() {
    return IntStream.rangeClosed(1, 12)
        .boxed()
        .flatMap(
            write ->
                Stream.of(Wire.Cut.values())
                    .map(
                        cut ->
                            Arguments.of(
                                write,
                                cut,
                                write % 2 == 0 ? CatalogKind.COLLECTION : CatalogKind.TAXONOMY)));
  }

  /** A chain of two clones, a clone that takes over what was left behind, and a conflict. */
  private static List<Runnable> scene(World<?, ?> world) {
    return List.of(
        () -> world.resource("origin", "origin_name"),
        () -> world.clone("one", "origin", "one_name"),
        () ->
            world.clone(
                "two",
                "one",
                "two_name",
                c -> c.getSpec().setDeletionPolicy(DeletionPolicy.Delete)),
        () -> world.clone("clash", "origin", "origin_name"));
  }

  @ParameterizedTest(name = "write {0} cut {1}")
  @MethodSource("cuts")
  void killedAtAnyWriteAndStartedAgain(int write, Wire.Cut cut, CatalogKind<?, ?> kind) {
    try (World<?, ?> world = new World<>(kind, server())) {
      scene(world).forEach(Runnable::run);
      Wire wire = world.prepareOperator();
      wire.cutAt(write, cut);
      world.operator().start();
      await()
          .atMost(World.PATIENCE)
          .until(() -> wire.isCut() || world.settled(Set.of("one", "two", "clash")));
      Map<String, String> told = told(world);
      world.startOperator();
      assertEnd(world);
      told.forEach((name, id) -> assertThat(told(world)).containsEntry(name, id));
    }
  }

  @Test
  void anyOrder() {
    long seed = Long.getLong(SEED, System.nanoTime());
    System.out.printf("Orders shuffled with -D%s=%d%n", SEED, seed);
    Random random = new Random(seed);
    for (int i = 0; i < orders(); i++) {
      CatalogKind<?, ?> kind = i % 2 == 0 ? CatalogKind.COLLECTION : CatalogKind.TAXONOMY;
      try (World<?, ?> world = new World<>(kind, server())) {
        List<Runnable> steps = new ArrayList<>(scene(world));
        steps.add(world::startOperator);
        steps.add(world::startOperator);
        Collections.shuffle(steps, random);
        steps.forEach(Runnable::run);
        assertEnd(world);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void sixThatWantOneNameAtOnce(CatalogKind<?, ?> kind) {
    try (World<?, ?> world = new World<>(kind, server())) {
      world.resource("origin", "origin_name");
      world.startOperator();
      world.awaitResource("origin", Reason.Assigned);
      List<String> names = IntStream.range(0, 6).mapToObj(i -> "copy-" + i).toList();
      names.parallelStream().forEach(name -> world.clone(name, "origin", "wanted_name"));
      await().atMost(World.PATIENCE).until(() -> world.settled(new HashSet<>(names)));
      assertThat(names)
          .filteredOn(n -> world.clone(n).getStatus().id() != null)
          .as("clones with an ID")
          .hasSize(1);
      assertThat(names.stream().map(n -> world.reason(n)).sorted())
          .containsExactly(
              "Cloned",
              "NameConflict",
              "NameConflict",
              "NameConflict",
              "NameConflict",
              "NameConflict");
      assertThat(world.resources()).hasSize(2);
      assertThat(world.operator().wire().writes())
          .filteredOn(r -> r.verb().equals("create"))
          .as("targets created")
          .hasSize(1);
      String winner =
          names.stream().filter(n -> world.reason(n).equals("Cloned")).findFirst().orElseThrow();
      world.deleteResource(winner);
      await()
          .atMost(World.PATIENCE)
          .until(
              () ->
                  world.reason(winner).equals("TargetMissing")
                      && names.stream().filter(n -> world.reason(n).equals("Cloned")).count() == 1
                      && names.stream().filter(n -> world.reason(n).equals("NameConflict")).count()
                          == 4);
    }
  }

  private static void assertEnd(World<?, ?> world) {
    world.awaitReason("one", Reason.Cloned);
    world.awaitReason("two", Reason.Cloned);
    world.awaitReason("clash", Reason.NameConflict);
    assertThat(world.resources())
        .extracting(r -> r.getMetadata().getName())
        .containsExactlyInAnyOrder("origin", "one", "two");
    Map<String, String> told = told(world);
    assertThat(told.keySet()).contains("origin", "one", "two", "clone/one", "clone/two");
    assertThat(told.get("clone/one")).isEqualTo(told.get("one"));
    assertThat(told.get("clone/two")).isEqualTo(told.get("two"));
    assertThat(Set.of(told.get("origin"), told.get("one"), told.get("two"))).hasSize(3);
    for (CatalogResource<?> made : List.of(world.resource("one"), world.resource("two"))) {
      CloneResource<?> clone = world.clone(made.getMetadata().getName());
      assertThat(made.getMetadata().getLabels())
          .containsEntry(Labels.CLONE_UID, clone.getMetadata().getUid());
    }
    assertThat(world.resource("two").getMetadata().getOwnerReferences()).hasSize(1);
    assertThat(world.events(Reason.Cloned)).containsExactlyInAnyOrder("one", "two");
  }

  /** Every ID that anybody could have read. */
  private static Map<String, String> told(World<?, ?> world) {
    Map<String, String> told = new HashMap<>();
    world
        .resources()
        .forEach(r -> r.reportedId().ifPresent(id -> told.put(r.getMetadata().getName(), id)));
    for (CloneResource<?> clone : world.clones()) {
      if (clone.getStatus() != null && clone.getStatus().id() != null) {
        told.put("clone/" + clone.getMetadata().getName(), clone.getStatus().id());
      }
    }
    return told;
  }
}
