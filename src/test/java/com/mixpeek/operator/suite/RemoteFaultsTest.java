package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.Grants;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Each way in which Mixpeek fails, at each request of a clone's life: there is one, its ID is told,
 * and in between is said what is the matter. Each has an API of its own, all fail at once.
 */
class RemoteFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String KEY = "sk_of_the_faults";

  /** What does not pass by itself within minutes. */
  private static final Set<RemoteFault> LASTING =
      Set.of(
          RemoteFault.QUOTA,
          RemoteFault.QUOTA_IN_WORDS,
          RemoteFault.FORBIDDEN,
          RemoteFault.INVALID,
          RemoteFault.OTHER_SHAPE);

  private TestNamespace namespace;
  private List<Cell> cells;

  /** A fault, and an API that has it. */
  private record Cell(RemoteFault fault, FakeMixpeek fake) {

    private String name() {
      return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @BeforeEach
  void start() {
    namespace = new TestNamespace(TestServer.best().orSkip("faults of Mixpeek"));
    if (namespace.server().real()) {
      Grants.giveConnections(namespace.client(), namespace.name());
    }
    namespace.putKey(KEY);
    cells = RemoteFault.anywhere().map(fault -> new Cell(fault, new FakeMixpeek())).toList();
    for (Cell cell : cells) {
      cell.fake().allow(KEY);
      cell.fake().addNamespace(namespace.name());
      Connection connection = namespace.connection(cell.fake().url().toString(), 6000);
      connection.getMetadata().setName(cell.name());
      namespace.client().resource(connection).create();
    }
    namespace.startOperator();
  }

  @AfterEach
  void close() {
    namespace.close();
    cells.forEach(cell -> assertThat(cell.fake().violations()).isEmpty());
    cells.forEach(cell -> cell.fake().close());
  }

  @ForEachKind
  void theLookUpBeforeIt(CatalogKind<?, ?> kind) {
    clones(kind, Operation.LIST);
  }

  @ForEachKind
  void theClone(CatalogKind<?, ?> kind) {
    clones(kind, Operation.CLONE);
  }

  @ForEachKind
  void theCreation(CatalogKind<?, ?> kind) {
    TypedResources<?, ?> resources = namespace.resources(kind);
    for (Cell cell : cells) {
      cell.fake().faults().inject(cell.fault(), 1, Operation.CREATE);
      create(resources, cell, "made");
    }
    for (Cell cell : cells) {
      if (cell.fault() == RemoteFault.NAME_APPEARS) {
        awaitResource(resources, cell, "made", Reason.NameConflict);
        continue;
      }
      if (LASTING.contains(cell.fault())) {
        awaitRefused(resources, cell, "made");
        edit(resources, cell, "made");
      }
      awaitResource(resources, cell, "made", Reason.Assigned);
      assertOne(resources, cell, "made");
    }
  }

  @ForEachKind
  void theChange(CatalogKind<?, ?> kind) {
    TypedResources<?, ?> resources = namespace.resources(kind);
    for (Cell cell : cells) {
      create(resources, cell, "made");
    }
    for (Cell cell : cells) {
      awaitResource(resources, cell, "made", Reason.Assigned);
    }
    // A taxonomy's metadata is sent by a change, too.
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                cells.stream()
                    .allMatch(
                        cell ->
                            resources
                                .resource("made-" + cell.name())
                                .getStatus()
                                .condition("InSync")
                                .isPresent()));
    for (Cell cell : cells) {
      cell.fake().faults().inject(cell.fault(), 1, Operation.PATCH);
      resources.editResource(
          "made-" + cell.name(), r -> r.getSpec().put("description", "changed once"));
    }
    for (Cell cell : cells) {
      if (LASTING.contains(cell.fault())) {
        awaitRefused(resources, cell, "made");
        resources.editResource(
            "made-" + cell.name(), r -> r.getSpec().put("description", "changed twice"));
      }
      awaitResource(resources, cell, "made", Reason.Assigned);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(objects(kind, cell))
                      .singleElement()
                      .satisfies(
                          object ->
                              assertThat(object.path("description").asText())
                                  .startsWith("changed")));
    }
  }

  @ForEachKind
  void theDeletion(CatalogKind<?, ?> kind) {
    TypedResources<?, ?> resources = namespace.resources(kind);
    for (Cell cell : cells) {
      create(resources, cell, "made");
    }
    for (Cell cell : cells) {
      awaitResource(resources, cell, "made", Reason.Assigned);
      cell.fake().faults().inject(cell.fault(), 1, Operation.DELETE);
      resources.deleteResource("made-" + cell.name());
    }
    for (Cell cell : cells) {
      await(cell.name())
          .atMost(PATIENCE)
          .until(() -> resources.resource("made-" + cell.name()) == null);
      boolean left =
          cell.fault() == RemoteFault.FORBIDDEN
              || cell.fault() == RemoteFault.INVALID
              || cell.fault() == RemoteFault.OTHER_SHAPE
              || cell.fault() == RemoteFault.REVOKED_KEY;
      assertThat(objects(kind, cell)).as(cell.name()).hasSize(left ? 1 : 0);
      assertThat(warnings("made-" + cell.name())).hasSize(left ? 1 : 0);
    }
  }

  @ForEachKind
  void theLookAtWhatIsPinned(CatalogKind<?, ?> kind) {
    TypedResources<?, ?> resources = namespace.resources(kind);
    for (Cell cell : cells) {
      String id =
          cell.fake()
              .catalog(namespace.name(), kind)
              .add(TestCatalog.body(kind, "made_name"))
              .path(RemoteRequest.idField(kind))
              .asText();
      cell.fake().faults().inject(cell.fault(), 1, Operation.GET);
      resources.createResource(
          "made-" + cell.name(),
          "made_" + cell.fault().name(),
          r -> {
            connect(r, cell);
            r.getSpec().put(kind.idField(), id);
          });
    }
    for (Cell cell : cells) {
      if (LASTING.contains(cell.fault())) {
        awaitRefused(resources, cell, "made");
        edit(resources, cell, "made");
      }
      awaitResource(resources, cell, "made", Reason.Assigned);
      assertThat(objects(kind, cell)).hasSize(1);
    }
  }

  private void clones(CatalogKind<?, ?> kind, Operation at) {
    TypedResources<?, ?> resources = namespace.resources(kind);
    for (Cell cell : cells) {
      create(resources, cell, "origin");
    }
    for (Cell cell : cells) {
      awaitResource(resources, cell, "origin", Reason.Assigned);
      cell.fake().faults().inject(cell.fault(), 1, at);
      resources.createClone(
          "copy-" + cell.name(), "origin-" + cell.name(), "copy_" + cell.fault().name());
    }
    for (Cell cell : cells) {
      String copy = "copy-" + cell.name();
      if (cell.fault() == RemoteFault.NAME_APPEARS && at == Operation.CLONE) {
        resources.awaitReasonWithin(copy, Reason.NameConflict, PATIENCE);
        assertThat(resources.clone(copy).reportedId()).isEmpty();
        continue;
      }
      if (LASTING.contains(cell.fault())) {
        awaitRefused(resources, cell, "copy");
        boolean refused =
            cell.fault() == RemoteFault.INVALID || cell.fault() == RemoteFault.OTHER_SHAPE;
        resources.awaitReasonWithin(
            copy, refused ? Reason.InvalidOverrides : Reason.TargetPending, PATIENCE);
        edit(resources, cell, "copy");
      }
      resources.awaitReasonWithin(copy, Reason.Cloned, PATIENCE);
      assertThat(resources.clone(copy).reportedId())
          .isEqualTo(resources.resource(copy).reportedId());
      assertOne(resources, cell, "copy");
      if (LASTING.contains(cell.fault())) {
        assertThat(objects(kind, cell))
            .extracting(object -> object.path("description").asText())
            .contains("edited");
      }
    }
  }

  private <C extends CloneResource<?>, R extends CatalogResource<?>> void create(
      TypedResources<C, R> resources, Cell cell, String prefix) {
    // Names are one's own in the namespace, as the resources of all cells are in one.
    resources.createResource(
        prefix + "-" + cell.name(), prefix + "_" + cell.fault().name(), r -> connect(r, cell));
  }

  private static void connect(CatalogResource<?> resource, Cell cell) {
    resource.getSpec().putObject("connectionRef").put("name", cell.name());
    resource.getSpec().put("deletionPolicy", "Delete");
  }

  /** Has it try again at once what it would do in minutes, or after an edit only. */
  private static void edit(TypedResources<?, ?> resources, Cell cell, String prefix) {
    resources.editResource(prefix + "-" + cell.name(), r -> r.getSpec().put("enabled", true));
    resources.editResource(
        prefix + "-" + cell.name(), r -> r.getSpec().put("description", "edited"));
  }

  private void awaitRefused(TypedResources<?, ?> resources, Cell cell, String prefix) {
    Reason reason =
        switch (cell.fault()) {
          case QUOTA, QUOTA_IN_WORDS -> Reason.QuotaExceeded;
          case FORBIDDEN -> Reason.ConnectionNotReady;
          default -> Reason.Refused;
        };
    awaitResource(resources, cell, prefix, reason);
  }

  private static void awaitResource(
      TypedResources<?, ?> resources, Cell cell, String prefix, Reason reason) {
    String name = prefix + "-" + cell.name();
    await(reason + " of " + name)
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              CatalogResource<?> resource = resources.resource(name);
              assertThat(resource.ready().map(c -> c.getReason() + ": " + c.getMessage()))
                  .hasValueSatisfying(said -> assertThat(said).startsWith(reason.name() + ":"));
              assertThat(resource.getStatus().getObservedGeneration())
                  .isEqualTo(resource.getMetadata().getGeneration());
            });
  }

  private void assertOne(TypedResources<?, ?> resources, Cell cell, String prefix) {
    CatalogKind<?, ?> kind = resources.kind();
    String name =
        resources.resource(prefix + "-" + cell.name()).text(kind.nameField()).orElseThrow();
    List<ObjectNode> made =
        objects(kind, cell).stream()
            .filter(o -> o.path(RemoteRequest.nameField(kind)).asText().equals(name))
            .toList();
    assertThat(made).as(cell.name()).hasSize(1);
    assertThat(resources.resource(prefix + "-" + cell.name()).reportedId())
        .contains(made.get(0).path(RemoteRequest.idField(kind)).asText());
    assertThat(objects(kind, cell)).hasSize(prefix.equals("copy") ? 2 : 1);
  }

  private List<ObjectNode> objects(CatalogKind<?, ?> kind, Cell cell) {
    return cell.fake().catalog(namespace.name(), kind).objects();
  }

  private List<String> warnings(String resource) {
    return namespace.events().stream()
        .filter(event -> event.getRegarding().getName().equals(resource))
        .map(event -> event.getReason())
        .filter("LeftBehind"::equals)
        .toList();
  }
}
