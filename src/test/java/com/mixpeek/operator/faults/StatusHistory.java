package com.mixpeek.operator.faults;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.MixpeekResource;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Every reason that was ever said of a resource in a namespace, in order. */
final class StatusHistory implements AutoCloseable {

  private final Map<String, Set<String>> reasons = new ConcurrentHashMap<>();
  private final List<Watch> watches;

  StatusHistory(KubernetesClient client, String namespace) {
    watches =
        CatalogKind.ALL.stream()
            .<Watch>flatMap(
                kind ->
                    Stream.of(
                        watch(client, namespace, kind.resourceType()),
                        watch(client, namespace, kind.cloneType())))
            .toList();
  }

  private <T extends MixpeekResource<?, ?>> Watch watch(
      KubernetesClient client, String namespace, Class<T> type) {
    return client
        .resources(type)
        .inNamespace(namespace)
        .watch(
            new Watcher<T>() {
              @Override
              public void eventReceived(Action action, T resource) {
                resource
                    .ready()
                    .map(Condition::getReason)
                    .ifPresent(reason -> of(key(resource)).add(reason));
              }

              @Override
              public void onClose(WatcherException cause) {
                // The test is over.
              }
            });
  }

  private static String key(MixpeekResource<?, ?> resource) {
    return resource.getKind() + "/" + resource.getMetadata().getName();
  }

  private Set<String> of(String key) {
    return reasons.computeIfAbsent(key, k -> Collections.synchronizedSet(new LinkedHashSet<>()));
  }

  /** What was said of the resource so far. */
  List<String> of(MixpeekResource<?, ?> resource) {
    Set<String> seen = of(key(resource));
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
