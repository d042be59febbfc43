package com.mixpeek.operator.testing.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The resources of one kind in a namespace: a few words to make, change and await them.
 *
 * @param <C> the clone's type
 * @param <R> the type of what is cloned
 */
public final class TypedResources<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private final TestNamespace namespace;
  private final KubernetesClient client;
  private final CatalogKind<C, R> kind;

  TypedResources(TestNamespace namespace, CatalogKind<C, R> kind) {
    this.namespace = namespace;
    this.client = namespace.client();
    this.kind = kind;
  }

  public TestNamespace namespace() {
    return namespace;
  }

  public CatalogKind<C, R> kind() {
    return kind;
  }

  /** A source as plain as it can be. */
  public R createResource(String name, String catalogName) {
    return createResource(name, catalogName, r -> {});
  }

  public R createResource(String name, String catalogName, Consumer<R> change) {
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
    namespace
        .connection()
        .ifPresent(
            connection -> {
              resource.getSpec().putObject("connectionRef").put("name", connection);
              resource.getSpec().put("deletionPolicy", "Delete");
            });
    change.accept(resource);
    return create(resource);
  }

  /** A clone of the source of that {@code metadata.name}. */
  public C createClone(String name, String source, String newName) {
    return createClone(name, source, newName, c -> {});
  }

  public C createClone(String name, String source, String newName, Consumer<C> change) {
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
    return new ObjectMetaBuilder().withName(name).withNamespace(namespace.name()).build();
  }

  public static ObjectNode json(String text) {
    return Serialization.unmarshal(text, ObjectNode.class);
  }

  public <T extends HasMetadata> T create(T resource) {
    return client.resource(resource).create();
  }

  public R resource(String name) {
    return client.resources(kind.resourceType()).inNamespace(namespace.name()).withName(name).get();
  }

  public List<R> resources() {
    return client.resources(kind.resourceType()).inNamespace(namespace.name()).list().getItems();
  }

  public C clone(String name) {
    return client.resources(kind.cloneType()).inNamespace(namespace.name()).withName(name).get();
  }

  public List<C> clones() {
    return client.resources(kind.cloneType()).inNamespace(namespace.name()).list().getItems();
  }

  /** Changes a clone's spec as a person would, with PUT. */
  public void editClone(String name, Consumer<C> change) {
    await()
        .atMost(TestNamespace.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              C clone = clone(name);
              change.accept(clone);
              client.resource(clone).update();
              return true;
            });
  }

  public void editResource(String name, Consumer<R> change) {
    await()
        .atMost(TestNamespace.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              R resource = resource(name);
              change.accept(resource);
              client.resource(resource).update();
              return true;
            });
  }

  /**
   * Waits until what is created from now on counts as younger than the resource, which timestamps
   * tell to the second: of two of one second that both have their IDs the lower UID has the name.
   */
  public void awaitPrecedence(String name) {
    Instant next =
        Instant.parse(resource(name).getMetadata().getCreationTimestamp()).plusSeconds(1);
    await().atMost(TestNamespace.PATIENCE).until(() -> !Instant.now().isBefore(next));
  }

  public void deleteResource(String name) {
    client.resources(kind.resourceType()).inNamespace(namespace.name()).withName(name).delete();
  }

  public void deleteClone(String name) {
    client.resources(kind.cloneType()).inNamespace(namespace.name()).withName(name).delete();
  }

  /** Waits until the clone says the reason of its present generation. */
  public C awaitReason(String clone, Reason reason) {
    return awaitReasonWithin(clone, reason, TestNamespace.PATIENCE);
  }

  public C awaitReasonWithin(String clone, Reason reason, Duration patience) {
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

  /** Waits until the Collection or Taxonomy is there and says the reason. */
  public R awaitResource(String name, Reason reason) {
    await("%s of %s".formatted(reason, name))
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        Optional.ofNullable(resource(name))
                            .flatMap(CatalogResource::ready)
                            .map(c -> c.getReason()))
                    .contains(reason.name()));
    return resource(name);
  }

  /** Whether each of the clones is done, or waits for a person. */
  public boolean settled(Set<String> names) {
    return clones().stream()
        .filter(c -> names.contains(c.getMetadata().getName()))
        .allMatch(
            c -> reason(c).map(Reason::valueOf).filter(r -> r.ready() || r.stalled()).isPresent());
  }

  public String reason(String clone) {
    return reason(clone(clone)).orElse("");
  }

  public Optional<String> reason(C clone) {
    return Optional.ofNullable(clone.getStatus()).flatMap(s -> s.ready()).map(c -> c.getReason());
  }

  /** The clones that events of that reason are about, once for each event. */
  public List<String> events(Reason reason) {
    return namespace.events().stream()
        .filter(e -> reason.name().equals(e.getReason()))
        .map(e -> e.getRegarding().getName())
        .toList();
  }
}
