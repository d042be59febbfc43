package com.mixpeek.operator.connection;

import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.cluster.RecentWrites;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The Connections that there are: the cache of their own controller, which it can wake. */
public final class ConnectionCache extends AbstractEventSource<Connection, Connection>
    implements ResourceEventAware<Connection> {

  private final List<Consumer<Connection>> whenDeleted = new CopyOnWriteArrayList<>();
  private volatile ControllerEventSource<Connection> informed;
  private volatile RecentWrites<Connection> recent;

  public ConnectionCache() {
    super(Connection.class, "Connection cache");
  }

  /** Takes the cache of the controller of Connections; before that controller starts. */
  public void readFrom(IndexerResourceCache<Connection> primaries) {
    informed = (ControllerEventSource<Connection>) primaries;
    recent = new RecentWrites<>(informed);
  }

  /** Whether all can be seen that there are. */
  public boolean isSynced() {
    return isRunning()
        && informed.informerHealthIndicators().values().stream()
            .allMatch(InformerHealthIndicator::hasSynced);
  }

  public Optional<Connection> get(String namespace, String name) {
    return get(new ResourceID(name, namespace));
  }

  public Optional<Connection> get(ResourceID id) {
    return recent.get(id);
  }

  /** Sends a request that writes the Connection, which every later look shows. */
  public Connection write(Connection connection, UnaryOperator<Connection> request) {
    return recent.write(connection, request);
  }

  public void onDelete(Consumer<Connection> listener) {
    whenDeleted.add(listener);
  }

  @Override
  public void onResourceUpdated(Connection connection, Connection before) {
    if (!connection.getMetadata().getUid().equals(before.getMetadata().getUid())) {
      // One was deleted, and another of its name created, while there was no watch.
      onResourceDeleted(before);
    }
  }

  @Override
  public void onResourceDeleted(Connection connection) {
    whenDeleted.forEach(listener -> listener.accept(connection));
  }

  /** Has one reconciled, if there is one of that name. */
  public void wake(String namespace, String name) {
    get(namespace, name).ifPresent(this::wake);
  }

  /** Has all reconciled: nothing was done about any while another process led. */
  public void wakeAll() {
    informed.list().forEach(this::wake);
  }

  private void wake(Connection connection) {
    getEventHandler()
        .handleEvent(
            new ResourceEvent(
                ResourceAction.UPDATED, ResourceID.fromResource(connection), connection));
  }

  @Override
  public Set<Connection> getSecondaryResources(Connection primary) {
    return Set.of();
  }
}
