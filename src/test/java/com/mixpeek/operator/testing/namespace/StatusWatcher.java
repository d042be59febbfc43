package com.mixpeek.operator.testing.namespace;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.testing.StatusLinter;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes every status that appears in a namespace through the linter, with the one before it. */
final class StatusWatcher implements AutoCloseable {

  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Map<String, ReportedStatus> last = new ConcurrentHashMap<>();
  private final List<Watch> watches;

  StatusWatcher(KubernetesClient client, String namespace, CatalogKind<?, ?> kind) {
    watches =
        List.of(
            watch(client, namespace, kind.resourceType()),
            watch(client, namespace, kind.cloneType()));
  }

  private <T extends CustomResource<?, ? extends ReportedStatus>> Watch watch(
      KubernetesClient client, String namespace, Class<T> type) {
    return client
        .resources(type)
        .inNamespace(namespace)
        .watch(
            new Watcher<T>() {
              @Override
              public void eventReceived(Action action, T resource) {
                seen(resource);
              }

              @Override
              public void onClose(WatcherException cause) {
                // The server was stopped: what is seen until then is judged.
              }
            });
  }

  /** A status speaks of the generation that was decided on; it is judged where that is the last. */
  private void seen(CustomResource<?, ? extends ReportedStatus> resource) {
    ReportedStatus status = resource.getStatus();
    if (status == null
        || !Objects.equals(
            status.getObservedGeneration(), resource.getMetadata().getGeneration())) {
      return;
    }
    try {
      StatusLinter.check(resource, last.put(resource.getMetadata().getUid(), status), status);
    } catch (AssertionError e) {
      problems.add(e.getMessage());
    }
  }

  List<String> problems() {
    return problems;
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
