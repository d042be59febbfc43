package com.mixpeek.operator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.mixpeek.operator.testing.Crds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** Watches the four kinds in one namespace, as a person with {@code kubectl get --watch} would. */
final class Follower implements AutoCloseable {

  private final Map<Key, JsonNode> resources = new HashMap<>();
  private final KubernetesSerialization serialization;
  private final BiConsumer<Key, Report> onChange;
  private final List<SharedIndexInformer<GenericKubernetesResource>> informers;
  private long lastChange = System.nanoTime();

  /**
   * @param onChange told of each change of a reason, one at a time
   */
  Follower(KubernetesClient client, String namespace, BiConsumer<Key, Report> onChange) {
    this.serialization = client.getKubernetesSerialization();
    this.onChange = onChange;
    this.informers =
        Crds.all().stream()
            .map(CustomResourceDefinitionContext::fromCrd)
            .map(
                context ->
                    client
                        .genericKubernetesResources(context)
                        .inNamespace(namespace)
                        .inform(new Handler()))
            .toList();
  }

  /** What is known of a resource: missing while it does not exist. */
  synchronized JsonNode get(Key key) {
    return resources.getOrDefault(key, MissingNode.getInstance());
  }

  synchronized Report report(Key key) {
    return Report.of(get(key));
  }

  /** All resources of a kind, by name. */
  synchronized List<JsonNode> all(String kind) {
    return resources.keySet().stream()
        .filter(key -> key.kind().equals(kind))
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .map(resources::get)
        .toList();
  }

  /** How long nothing has changed. */
  synchronized Duration quiet() {
    return Duration.ofNanos(System.nanoTime() - lastChange);
  }

  /** Waits until something holds, or for that long. */
  synchronized void await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      wait(100);
    }
  }

  private synchronized void saw(GenericKubernetesResource resource) {
    Key key = Key.of(resource);
    Report before = report(key);
    resources.put(key, serialization.convertValue(resource, JsonNode.class));
    Report now = report(key);
    if (!now.reason().isEmpty() && !now.reason().equals(before.reason())) {
      onChange.accept(key, now);
    }
    lastChange = System.nanoTime();
    notifyAll();
  }

  private synchronized void lost(GenericKubernetesResource resource) {
    resources.remove(Key.of(resource));
    lastChange = System.nanoTime();
    notifyAll();
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }

  private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {

    @Override
    public void onAdd(GenericKubernetesResource resource) {
      saw(resource);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
      saw(now);
    }

    @Override
    public void onDelete(GenericKubernetesResource resource, boolean unknown) {
      lost(resource);
    }
  }
}
