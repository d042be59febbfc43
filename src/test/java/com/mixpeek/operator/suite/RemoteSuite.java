package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionRef;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeCatalog;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.RunningOperator;
import com.mixpeek.operator.testing.server.TestLeadership;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** A namespace with a Mixpeek of its own, to which it is yet to be connected. */
abstract class RemoteSuite {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  final FakeMixpeek fake = new FakeMixpeek();
  final TestNamespace namespace;
  final TypedResources<CollectionClone, Collection> collections;

  /** Another Mixpeek namespace. */
  final String elsewhere;

  RemoteSuite(TestServer server, String what) {
    namespace = new TestNamespace(server.orSkip(what));
    elsewhere = "elsewhere-" + namespace.name();
    fake.addNamespace(elsewhere);
    collections = namespace.resources(CatalogKind.COLLECTION);
  }

  @AfterEach
  void close() {
    namespace.close();
    assertThat(fake.violations()).isEmpty();
    fake.close();
  }

  /**
   * Has a Collection asked for of which it is not known whether it was made, and nobody can look.
   */
  void leaveOpen(RemoteFault fault, String name, Runnable create) {
    fake.faults().inject(fault, 1, Operation.CREATE);
    fake.faults().injectAfter(Operation.CREATE, RemoteFault.INTERNAL_ERROR, Operation.LIST);
    create.run();
    awaitLostCreation();
    await().atMost(PATIENCE).until(() -> collections.resource(name).remote().attempt() != null);
  }

  /** Waits until something was asked for of which the answer is lost. */
  void awaitLostCreation() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                fake.exchanges().stream()
                    .anyMatch(e -> e.operation() == Operation.CREATE && e.status() == 0));
  }

  /** What Mixpeek has of Collections. */
  FakeCatalog catalog() {
    return fake.catalog(namespace.name(), CatalogKind.COLLECTION);
  }

  Connection connection() {
    return namespace.liveConnection();
  }

  /** A Collection whose source is the Collection videos, by name. */
  void createFrames() {
    collections.createResource(
        "frames",
        "frames_name",
        r ->
            r.getSpec()
                .putObject("source")
                .put("type", "collection")
                .putObject("collectionRef")
                .put("name", "videos"));
  }

  /** Starts the operator, and has it make something. */
  void startWithFirst() {
    namespace.startOperator();
    collections.createResource("first", "first_name");
    collections.awaitResource("first", Reason.Assigned);
  }

  /** Has the Connection lead to another Mixpeek namespace. */
  void leadTo(String mixpeekNamespace) {
    editConnection(connection -> connection.getSpec().setNamespace(mixpeekNamespace));
  }

  /** The same, and waits until the Connection says so. */
  void awaitLeading(String mixpeekNamespace) {
    leadTo(mixpeekNamespace);
    await()
        .atMost(PATIENCE)
        .until(() -> ("ns_" + mixpeekNamespace).equals(connection().getStatus().id()));
  }

  /** The names of the Collections in a Mixpeek namespace. */
  List<String> names(String mixpeekNamespace) {
    return fake.catalog(mixpeekNamespace, CatalogKind.COLLECTION).objects().stream()
        .map(object -> object.path("collection_name").asText())
        .toList();
  }

  void editConnection(Consumer<Connection> change) {
    namespace.editConnection(change);
  }

  /** Waits until the Connection's status tells of its spec as it is. */
  void awaitLookedAt() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Connection now = connection();
              return now.getStatus() != null
                  && now.getMetadata()
                      .getGeneration()
                      .equals(now.getStatus().getObservedGeneration());
            });
  }

  /** Creates a clone of a Collection that only Mixpeek has. */
  void cloneFromMixpeek(String name, String catalogName) {
    collections.createClone(
        name,
        "",
        name + "_name",
        clone -> {
          clone
              .getSpec()
              .setSourceRef(TypedResources.json("{}").put("collectionName", catalogName));
          clone.getSpec().setConnectionRef(new ConnectionRef(TestNamespace.CONNECTION));
        });
  }

  /** An operator for the namespace that leads when the test says so. */
  RunningOperator operator(TestLeadership leadership) {
    return new RunningOperator(
        namespace.server(), namespace.settings(), Clock.systemUTC(), leadership);
  }

  /** The reasons of the Events in the namespace. */
  List<String> events() {
    return namespace.events().stream().map(event -> event.getReason()).toList();
  }
}
