package com.mixpeek.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.DeletionPolicy;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.faults.Faults.Passing;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Each fault at each write of a clone's life: it ends as the contract says, and says nothing untrue
 * on the way. One operator lives through all of them at once.
 */
class WriteFaultsTest {

  /** A write of a clone's life. */
  private enum Write {
    CREATE_TARGET,
    TARGET_STATUS,
    CREATE_EVENT,
    CLONE_STATUS,
    TAKE_OVER;

    /** Whether that is this write for the clone of that name. */
    boolean is(Passing passing, CatalogKind<?, ?> kind, String clone) {
      String resources = HasMetadata.getPlural(kind.resourceType());
      String clones = HasMetadata.getPlural(kind.cloneType());
      return passing.names(clone)
          && switch (this) {
            case CREATE_TARGET -> passing.is("create", resources);
            case TARGET_STATUS -> passing.is("patch", resources + "/status");
            case CREATE_EVENT -> passing.is("create", "events");
            case CLONE_STATUS -> passing.is("patch", clones + "/status");
            case TAKE_OVER -> passing.is("patch", resources);
          };
    }
  }

  private static final String ORIGIN = "origin";

  private static final Set<Fault> REFUSALS =
      Set.of(
          Fault.INVALID, Fault.UNAUTHORIZED, Fault.NO_SUCH_KIND, Fault.GONE, Fault.INTERNAL_ERROR);

  private record Cell(Write write, Fault fault) {

    String name(CatalogKind<?, ?> kind) {
      return (kind.name() + "-" + write + "-" + fault).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What may be said of the clone before it is done. */
    Set<String> reasons() {
      // A busy machine may take more than a moment for an ID, and that is then said.
      Set<String> reasons =
          new HashSet<>(Set.of(Reason.Cloned.name(), Reason.TargetPending.name()));
      if (write == Write.CREATE_TARGET && REFUSALS.contains(fault)) {
        reasons.add(Reason.CreateRefused.name());
      }
      return reasons;
    }
  }

  private static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (Write write : Write.values()) {
      Arrays.stream(Fault.values())
          .filter(fault -> !fault.ofEvents())
          .forEach(fault -> cells.add(new Cell(write, fault)));
    }
    return cells;
  }

  @TestFactory
  Stream<DynamicNode> eachFaultAtEachWrite() {
    record Run(TestServer server, CompletableFuture<Stream<DynamicNode>> tests) {}
    return Stream.of(TestServer.values())
        .filter(TestServer::isAvailable)
        .map(server -> new Run(server, CompletableFuture.supplyAsync(() -> on(server))))
        .toList()
        .stream()
        .map(run -> dynamicContainer(run.server().name(), run.tests().join()));
  }

  private static Stream<DynamicNode> on(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("faults at writes"));
        TestNamespace namespace = new TestNamespace(proxy);
        StatusHistory history = new StatusHistory(namespace.client(), namespace.name())) {
      List<Life<?, ?>> lives =
          List.of(
              new Life<>(proxy, namespace, CatalogKind.COLLECTION, history),
              new Life<>(proxy, namespace, CatalogKind.TAXONOMY, history));
      namespace.startOperator();
      lives.forEach(Life::begin);
      lives.forEach(Life::end);
      lives.forEach(Life::beginAgain);
      lives.forEach(Life::end);
      return lives.stream().flatMap(Life::tests).toList().stream();
    }
  }

  /** The clones of one kind: one for each cell. */
  private static final class Life<C extends CloneResource<?>, R extends CatalogResource<?>> {

    private final FaultProxy proxy;
    private final CatalogKind<C, R> kind;
    private final TypedResources<C, R> resources;
    private final StatusHistory history;
    private final List<DynamicNode> tests = new ArrayList<>();
    private String originVersion;

    Life(FaultProxy proxy, TestNamespace namespace, CatalogKind<C, R> kind, StatusHistory history) {
      this.proxy = proxy;
      this.kind = kind;
      this.resources = namespace.resources(kind);
      this.history = history;
    }

    void begin() {
      resources.createResource(ORIGIN, "origin_name");
      originVersion =
          resources.awaitResource(ORIGIN, Reason.Assigned).getMetadata().getResourceVersion();
      cells().forEach(this::apply);
    }

    private void apply(Cell cell) {
      proxy
          .faults()
          .inject(cell.fault(), 1, passing -> cell.write().is(passing, kind, cell.name(kind)));
      resources.createClone(
          cell.name(kind),
          ORIGIN,
          cell.name(kind),
          c -> c.getSpec().setDeletionPolicy(DeletionPolicy.Retain));
    }

    void end() {
      await("each clone Ready")
          .atMost(TestNamespace.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(resources.clones())
                      .filteredOn(c -> !c.isReported(Reason.Cloned))
                      .extracting(c -> c.getMetadata().getName(), c -> c.ready().orElse(null))
                      .isEmpty());
    }

    /** The same manifests again: each clone finds what is there, and takes it over. */
    void beginAgain() {
      check("");
      List<Cell> again = cells().stream().filter(c -> c.write() == Write.TAKE_OVER).toList();
      again.forEach(cell -> resources.deleteClone(cell.name(kind)));
      again.forEach(this::apply);
    }

    Stream<DynamicNode> tests() {
      check(", after it was taken over");
      return tests.stream();
    }

    private void check(String when) {
      Map<String, C> clones =
          resources.clones().stream()
              .collect(Collectors.toMap(c -> c.getMetadata().getName(), c -> c));
      Map<String, List<R>> made =
          resources.resources().stream()
              .collect(Collectors.groupingBy(r -> r.label(Labels.CLONE_UID).orElse("")));
      List<String> events = resources.events(Reason.Cloned);
      String origin = resources.resource(ORIGIN).getMetadata().getResourceVersion();
      for (Cell cell : cells()) {
        C clone = clones.get(cell.name(kind));
        List<String> said = history.of(clone);
        tests.add(
            dynamicTest(
                cell.name(kind) + when,
                () -> {
                  assertThat(cell.reasons()).as("what may be said").containsAll(said);
                  check(cell, clone, made.get(clone.getMetadata().getUid()));
                  check(cell, Collections.frequency(events, cell.name(kind)));
                  assertThat(made.get("")).hasSize(1);
                  assertThat(origin).as("the source's version").isEqualTo(originVersion);
                }));
      }
    }

    private void check(Cell cell, C clone, List<R> made) {
      assertThat(made).as("targets").hasSize(1);
      R target = made.get(0);
      assertThat(target.getMetadata().getName()).isEqualTo(cell.name(kind));
      assertThat(target.getMetadata().getOwnerReferences()).isEmpty();
      assertThat(target.reportedId()).isPresent().contains(clone.getStatus().id());
    }

    /** Nothing depends on an Event: one that the server refused is not told again. */
    private static void check(Cell cell, int events) {
      assertThat(events).as("events").isLessThanOrEqualTo(cell.write() == Write.TAKE_OVER ? 2 : 1);
      if (cell.write() != Write.CREATE_EVENT || cell.fault().takesEffect()) {
        assertThat(events).as("events").isPositive();
      }
    }
  }
}
