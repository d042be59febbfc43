package com.mixpeek.operator.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** Collections and clones in a namespace of their own, and when each clone became Ready. */
final class Workload implements AutoCloseable {

  private static final int CREATORS = 8;

  final String namespace = "bench-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
  private final KubernetesClient client;
  private final Watch watch;

  /** By a clone's name, the {@link System#nanoTime()} at which it was seen to be Ready. */
  private final Map<String, Long> ready = new ConcurrentHashMap<>();

  private final Map<String, Long> created = new ConcurrentHashMap<>();

  Workload(KubernetesClient client) {
    this.client = client;
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    this.watch =
        client
            .resources(CollectionClone.class)
            .inNamespace(namespace)
            .watch(
                new Watcher<CollectionClone>() {
                  @Override
                  public void eventReceived(Action action, CollectionClone clone) {
                    if (clone.reportedId().isPresent()) {
                      ready.putIfAbsent(clone.getMetadata().getName(), System.nanoTime());
                    }
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    // The run that waits for what it would have shown ends with a time-out.
                  }
                });
  }

  /**
   * Creates a Collection.
   *
   * @param bytes how large its spec is, about
   */
  void collection(String name, int bytes) {
    client.resource(collection(namespace, name, bytes)).create();
  }

  static Collection collection(String namespace, String name, int bytes) {
    Collection collection = new Collection();
    collection.getMetadata().setName(name);
    collection.getMetadata().setNamespace(namespace);
    ObjectNode spec = collection.getSpec();
    spec.put("collectionName", name.replace('-', '_'));
    spec.putObject("source").put("type", "bucket").putArray("bucketIds").add("bkt_bench");
    ObjectNode extractor = spec.putObject("featureExtractor");
    extractor.put("featureExtractorName", "text_extractor").put("version", "v1");
    ObjectNode parameters = extractor.putObject("parameters");
    for (int i = 0; i < bytes / 40; i++) {
      parameters.put("parameter_" + i, "value-" + i + "-of-" + name);
    }
    return collection;
  }

  void clone(String name, String source) {
    CollectionClone clone = clone(namespace, name, source);
    created.put(name, System.nanoTime());
    client.resource(clone).create();
  }

  static CollectionClone clone(String namespace, String name, String source) {
    CollectionClone clone = new CollectionClone();
    clone.getMetadata().setName(name);
    clone.getMetadata().setNamespace(namespace);
    clone.getSpec().setSourceRef(JsonNodeFactory.instance.objectNode().put("name", source));
    clone
        .getSpec()
        .setOverrides(
            JsonNodeFactory.instance
                .objectNode()
                .put("collectionName", name.replace('-', '_'))
                .put("description", "A copy of " + source));
    return clone;
  }

  /** Runs a step for each number from 0, by several threads at once. */
  void each(int count, IntConsumer step) throws InterruptedException {
    ExecutorService creators = Executors.newFixedThreadPool(CREATORS);
    for (int i = 0; i < count; i++) {
      int number = i;
      creators.execute(() -> step.accept(number));
    }
    creators.shutdown();
    if (!creators.awaitTermination(30, TimeUnit.MINUTES)) {
      throw new IllegalStateException("The resources were not created within 30 minutes.");
    }
  }

  /**
   * Waits until so many clones are Ready.
   *
   * @return the {@link System#nanoTime()} at which the last of them was
   */
  long await(int count, OperatorProcess operator) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
    while (ready.size() < count) {
      if (System.nanoTime() > end || !operator.isAlive()) {
        throw new TimeoutException(
            "Only %d of %d clones became Ready.".formatted(ready.size(), count));
      }
      Thread.sleep(1);
    }
    return lastReady();
  }

  long firstReady() {
    return ready.values().stream().mapToLong(t -> t).min().orElseThrow();
  }

  long lastReady() {
    return ready.values().stream().mapToLong(t -> t).max().orElseThrow();
  }

  /** From created to Ready, in milliseconds, of the clones whose names begin so, sorted. */
  double[] latencies(String prefix) {
    return ready.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .mapToDouble(e -> (e.getValue() - created.get(e.getKey())) / 1e6)
        .sorted()
        .toArray();
  }

  @Override
  public void close() {
    watch.close();
    client.namespaces().withName(namespace).delete();
  }
}
