package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeCatalog;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
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

  RemoteSuite(TestServer server, String what) {
    namespace = new TestNamespace(server.orSkip(what));
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
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                fake.exchanges().stream()
                    .anyMatch(e -> e.operation() == Operation.CREATE && e.status() == 0));
    await().atMost(PATIENCE).until(() -> collections.resource(name).remote().attempt() != null);
  }

  /** What Mixpeek has of Collections. */
  FakeCatalog catalog() {
    return fake.catalog(namespace.name(), CatalogKind.COLLECTION);
  }

  Connection connection() {
    return namespace
        .client()
        .resources(Connection.class)
        .inNamespace(namespace.name())
        .withName(TestNamespace.CONNECTION)
        .get();
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

  /** Changes the Connection's spec as a person would. */
  void editConnection(Consumer<Connection> change) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              Connection connection = connection();
              change.accept(connection);
              namespace.client().resource(connection).update();
              return true;
            });
  }

  /** The reasons of the Events in the namespace. */
  List<String> events() {
    return namespace.events().stream().map(event -> event.getReason()).toList();
  }
}
