package com.mixpeek.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.faults.Faults.Passing;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each fault at each read: lists and watches fail, end, miss and lag, and what was there before,
 * what comes after and what is waited for ends as the contract says. An operator for each.
 */
class ReadFaultsTest {

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(12);

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }

  /** Which resources are read: those that are cloned, or the clones. */
  private enum Subject {
    RESOURCES,
    CLONES;

    boolean is(String verb, Passing passing) {
      return CatalogKind.ALL.stream()
          .map(kind -> this == RESOURCES ? kind.resourceType() : kind.cloneType())
          .anyMatch(type -> passing.is(verb, HasMetadata.getPlural(type)));
    }
  }

  private record Cell(TestServer server, String verb, Subject subject, Fault fault) {

    String name() {
      return "%s: %s, %s of %s".formatted(server, fault, verb, subject).toLowerCase(Locale.ROOT);
    }
  }

  private static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (TestServer server : TestServer.values()) {
      for (Subject subject : Subject.values()) {
        for (Fault fault : Fault.values()) {
          // On a real server, which is slower, each fault at each verb, and at both subjects in
          // turn.
          boolean even = (fault.ordinal() + subject.ordinal()) % 2 == 0;
          if (even || server == TestServer.EMBEDDED) {
            cells.add(new Cell(server, "watch", subject, fault));
          }
          if (!fault.ofEvents() && (!even || server == TestServer.EMBEDDED)) {
            cells.add(new Cell(server, "list", subject, fault));
          }
        }
      }
    }
    return cells;
  }

  @TestFactory
  Stream<DynamicTest> eachFaultAtEachRead() {
    record Run(Cell cell, CompletableFuture<Void> done) {}
    return cells().stream()
        .filter(cell -> cell.server().isAvailable())
        .map(cell -> new Run(cell, CompletableFuture.runAsync(() -> run(cell), THREADS)))
        .toList()
        .stream()
        .map(run -> dynamicTest(run.cell().name(), () -> run.done().join()));
  }

  private static void run(Cell cell) {
    try (FaultProxy proxy = new FaultProxy(cell.server().orSkip("faults at reads"));
        TestNamespace namespace = new TestNamespace(proxy);
        StatusHistory history = new StatusHistory(namespace.client(), namespace.name())) {
      List<? extends TypedResources<?, ?>> kinds =
          CatalogKind.ALL.stream().map(namespace::resources).toList();
      for (TypedResources<?, ?> resources : kinds) {
        resources.createResource("origin", "origin_name");
        resources.createClone("before", "origin", "before_name");
        resources.createClone("waiting", "second", "waiting_name");
      }
      if (!cell.fault().ofEvents()) {
        proxy.faults().inject(cell.fault(), 2, passing -> cell.subject().is(cell.verb(), passing));
      }
      namespace.startOperator();
      kinds.forEach(resources -> resources.awaitReason("before", Reason.Cloned));
      kinds.forEach(resources -> resources.awaitReason("waiting", Reason.SourceNotFound));
      if (cell.fault().ofEvents()) {
        proxy.faults().inject(cell.fault(), 4, passing -> cell.subject().is(cell.verb(), passing));
      }
      for (TypedResources<?, ?> resources : kinds) {
        resources.createClone("after", "origin", "after_name");
        resources.createResource("second", "second_name");
      }
      if (cell.fault() == Fault.EVENT_MISSED) {
        proxy.faults().heal();
        proxy.endWatches(Fault.WATCH_GONE);
      }
      kinds.forEach(resources -> check(resources, history));
    }
  }

  private static <C extends CloneResource<?>, R extends CatalogResource<?>> void check(
      TypedResources<C, R> resources, StatusHistory history) {
    for (String name : List.of("before", "after", "waiting")) {
      C clone = resources.awaitReason(name, Reason.Cloned);
      assertThat(resources.resources())
          .as("targets of %s", name)
          .filteredOn(r -> r.label(Labels.CLONE_UID).isPresent())
          .filteredOn(r -> r.label(Labels.CLONE_UID).get().equals(clone.getMetadata().getUid()))
          .hasSize(1)
          .allMatch(r -> r.reportedId().get().equals(clone.getStatus().id()));
      // A busy machine may take more than a moment for an ID, and that is then said.
      Set<String> may = new HashSet<>(Set.of("SourceNotReady", "TargetPending", "Cloned"));
      if (name.equals("waiting")) {
        may.add("SourceNotFound");
      }
      assertThat(may).as("what may be said of %s", name).containsAll(history.of(clone));
    }
  }
}
