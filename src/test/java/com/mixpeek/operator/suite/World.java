package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.Settings;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RunningOperator;
import com.mixpeek.operator.testing.Wire;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One kind in a namespace of its own on a server: a few words to make, change and await resources.
 *
 * @param <C> the clone's type
 * @param <R> the type of what is cloned
 */
final class World<C extends CloneResource<?>, R extends CatalogResource<?>>
    implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  final CatalogKind<C, R> kind;
  final ApiServer server;
  final KubernetesClient client;
  final String namespace = "t-" + UUID.randomUUID().toString().substring(0, 8);
  private final StatusWatch statuses;
  private RunningOperator operator;

  World(CatalogKind<C, R> kind, ApiServer server) {
    this.kind = kind;
    this.server = server;
    this.client = server.client();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    this.statuses = new StatusWatch(client, namespace, kind);
  }

  /** Starts an operator; one that runs is stopped first. */
  RunningOperator startOperator() {
    prepareOperator();
    return operator.start();
  }

  /** Makes an operator that is yet to be started, and gives its wire. */
  Wire prepareOperator() {
    stopOperator();
    operator = new RunningOperator(server, Settings.defaults().watching(Set.of(namespace)));
    return operator.wire();
  }

  RunningOperator operator() {
    return operator;
  }

  void stopOperator() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  /** A source as plain as it can be. */
  R resource(String name, String catalogName) {
    return resource(name, catalogName, r -> {});
  }

  R resource(String name, String catalogName, Consumer<R> change) {
    String spec =
        kind == (CatalogKind<?, ?>) CatalogKind.COLLECTION
            ? """
              {"collectionName": "%s", "description": "d",
               "source": {"type": "bucket", "bucketIds": ["bkt_a"]},
               "metadata": {"big": 9007199254740993, "f": 0.1, "o": {}, "l": []},
               "featureExtractor": {"featureExtractorName": "text_extractor", "version": "v1"}}
              """
            : """
              {"taxonomyName": "%s", "description": "d",
               "metadata": {"big": 9007199254740993, "f": 0.1, "o": {}, "l": []},
               "config": {"taxonomyType": "hierarchical",
                          "hierarchicalNodes": [{"collectionId": "col_a"}]}}
              """;
    R resource = kind.newResource().get();
    resource.setMetadata(metadata(name));
    resource.setSpec(json(spec.formatted(catalogName)));
    change.accept(resource);
    return create(resource);
  }

  /** A clone of the source of that {@code metadata.name}. */
  C clone(String name, String source, String newName) {
    return clone(name, source, newName, c -> {});
  }

  C clone(String name, String source, String newName, Consumer<C> change) {
    try {
      C clone = kind.cloneType().getDeclaredConstructor().newInstance();
      clone.setMetadata(metadata(name));
      clone.getSpec().setSourceRef(json("{\"name\": \"" + source + "\"}"));
      clone.getSpec().setOverrides(json("{}").put(kind.nameField(), newName));
      change.accept(clone);
      return create(clone);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectMeta metadata(String name) {
    return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
  }

  static ObjectNode json(String text) {
    return Serialization.unmarshal(text, ObjectNode.class);
  }

  <T extends HasMetadata> T create(T resource) {
    return client.resource(resource).create();
  }

  R resource(String name) {
    return client.resources(kind.resourceType()).inNamespace(namespace).withName(name).get();
  }

  List<R> resources() {
    return client.resources(kind.resourceType()).inNamespace(namespace).list().getItems();
  }

  C clone(String name) {
    return client.resources(kind.cloneType()).inNamespace(namespace).withName(name).get();
  }

  List<C> clones() {
    return client.resources(kind.cloneType()).inNamespace(namespace).list().getItems();
  }

  /** Changes a clone's spec as a person would, with PUT. */
  void editClone(String name, Consumer<C> change) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              C clone = clone(name);
              change.accept(clone);
              client.resource(clone).update();
              return true;
            });
  }

  void editResource(String name, Consumer<R> change) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              R resource = resource(name);
              change.accept(resource);
              client.resource(resource).update();
              return true;
            });
  }

  void deleteResource(String name) {
    client.resources(kind.resourceType()).inNamespace(namespace).withName(name).delete();
  }

  void deleteClone(String name) {
    client.resources(kind.cloneType()).inNamespace(namespace).withName(name).delete();
  }

  /** Waits until the clone says the reason of its present generation. */
  C awaitReason(String clone, Reason reason) {
    return awaitReasonWithin(clone, reason, PATIENCE);
  }

  C awaitReasonWithin(String clone, Reason reason, Duration patience) {
    await("%s of %s".formatted(reason, clone))
        .atMost(patience)
        .untilAsserted(
            () -> {
              C now = clone(clone);
              assertThat(reason(now)).contains(reason.name());
              assertThat(now.getStatus().getObservedGeneration())
                  .isEqualTo(now.getMetadata().getGeneration());
            });
    return clone(clone);
  }

  /** Waits until the Collection or Taxonomy says the reason. */
  R awaitResource(String name, Reason reason) {
    await("%s of %s".formatted(reason, name))
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        Optional.ofNullable(resource(name).getStatus())
                            .flatMap(s -> s.ready())
                            .map(c -> c.getReason()))
                    .contains(reason.name()));
    return resource(name);
  }

  /** Whether each of the clones is done, or waits for a person. */
  boolean settled(Set<String> names) {
    return clones().stream()
        .filter(c -> names.contains(c.getMetadata().getName()))
        .allMatch(
            c -> reason(c).map(Reason::valueOf).filter(r -> r.ready() || r.stalled()).isPresent());
  }

  String reason(String clone) {
    return reason(clone(clone)).orElse("");
  }

  Optional<String> reason(C clone) {
    return Optional.ofNullable(clone.getStatus()).flatMap(s -> s.ready()).map(c -> c.getReason());
  }

  /** The clones that events of that reason are about, once for each event. */
  List<String> events(Reason reason) {
    return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(e -> reason.name().equals(e.getReason()))
        .map(e -> e.getRegarding().getName())
        .toList();
  }

  /** Removes all of it; fails if any status that was ever seen breaks a rule. */
  @Override
  public void close() {
    stopOperator();
    statuses.close();
    client.resources(kind.cloneType()).inNamespace(namespace).delete();
    client.resources(kind.resourceType()).inNamespace(namespace).delete();
    client.namespaces().withName(namespace).delete();
    client.close();
    assertThat(statuses.problems()).as("what is wrong with statuses").isEmpty();
  }
}
