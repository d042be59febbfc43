package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.Conditions;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.ConnectionStatus;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.connection.ConnectionCache;
import com.mixpeek.operator.connection.ConnectionCheck;
import com.mixpeek.operator.connection.ConnectionCheck.Finding;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.Postponed;
import com.mixpeek.operator.connection.catalog.Refresh;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says whether Connections work, and looks through them at what is at Mixpeek. */
@ControllerConfiguration(name = "connection")
public final class ConnectionReconciler implements Reconciler<Connection> {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionReconciler.class);

  /** After no longer than that it is tried again, as its Secret may have another key by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ConnectionCache cache;
  private final ConnectionCheck check;
  private final Refresh refresh;
  private final List<RemoteCatalog<?>> catalogs;
  private final ReconcilerDependencies dependencies;

  /**
   * @param catalogs what goes through Connections
   */
  public ConnectionReconciler(
      ConnectionCache cache,
      ConnectionCheck check,
      Refresh refresh,
      Connections connections,
      List<RemoteCatalog<?>> catalogs,
      ReconcilerDependencies dependencies) {
    this.cache = cache;
    this.check = check;
    this.refresh = refresh;
    this.catalogs = catalogs;
    this.dependencies = dependencies;
    cache.onDelete(this::wakeThrough);
    connections.onResize(this::wakeThrough);
  }

  @Override
  public List<EventSource<?, Connection>> prepareEventSources(
      EventSourceContext<Connection> context) {
    cache.readFrom(context.getPrimaryCache());
    dependencies.leadership().onStart(cache::wakeAll);
    dependencies.countUnreadable(Connection.class, context.getPrimaryCache());
    ReasonGauges.register(
        dependencies.metrics(),
        "mixpeek.connections",
        Tags.empty(),
        Reason.ofConnections(),
        context.getPrimaryCache());
    return List.of(cache);
  }

  @Override
  public UpdateControl<Connection> reconcile(Connection connection, Context<Connection> context) {
    if (!connection.unreadable().isEmpty()) {
      ReconciliationLogger.passedOver(LOG, connection, connection.unreadable());
      return UpdateControl.noUpdate();
    }
    if (!dependencies.leadership().leads()) {
      return UpdateControl.noUpdate();
    }
    UpdateControl<Connection> done = ReconcilerDependencies.turn(() -> look(connection));
    return RecreatedResources.notDelayed(connection, cache::get, done);
  }

  private UpdateControl<Connection> look(Connection connection) {
    Finding finding;
    try {
      finding = check.check(connection);
    } catch (Postponed e) {
      Duration left = e.left().compareTo(PATIENCE) < 0 ? e.left() : PATIENCE;
      return UpdateControl.<Connection>noUpdate().rescheduleAfter(left);
    }
    if (finding.changed()) {
      // First, as it is said of a change but once, and a report may fail and be tried again.
      wakeThrough(connection);
    }
    report(connection, finding);
    Duration again = finding.again();
    Duration page = refresh.step(connection).orElse(again);
    Duration next = page.compareTo(again) < 0 ? page : again;
    return UpdateControl.<Connection>noUpdate()
        .rescheduleAfter(next.toMillis() < 1 ? Duration.ofMillis(1) : next);
  }

  private void wakeThrough(Connection connection) {
    String namespace = connection.getMetadata().getNamespace();
    String name = connection.getMetadata().getName();
    catalogs.forEach(catalog -> catalog.wake(namespace, name));
  }

  private void report(Connection connection, Finding finding) {
    ConnectionStatus status = new ConnectionStatus();
    Long generation = connection.getMetadata().getGeneration();
    status.setObservedGeneration(generation);
    finding.namespaceId().ifPresent(status::id);
    status.setConditions(
        Conditions.of(
            connection.getStatus(),
            finding.reason(),
            finding.message(),
            generation,
            dependencies.clock().instant()));
    if (connection.getStatus() != null) {
      connection.getStatus().unknown().forEach(status::unknown);
    }
    if (!connection.isReported(status)) {
      cache.write(connection, read -> dependencies.writer().status(read, status));
      ReconciliationLogger.reported(LOG, connection, status);
    }
  }

  @Override
  public ErrorStatusUpdateControl<Connection> updateErrorStatus(
      Connection connection, Context<Connection> context, Exception e) {
    ReconciliationLogger.retried(LOG, connection, e);
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }
}
