package com.mixpeek.operator;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.MixpeekResource;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.cluster.Backoff;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.cluster.ResourceWriter;
import com.mixpeek.operator.connection.ConnectionCache;
import com.mixpeek.operator.connection.ConnectionCheck;
import com.mixpeek.operator.connection.Connections;
import com.mixpeek.operator.connection.RequestSlots;
import com.mixpeek.operator.connection.catalog.Refresh;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import com.mixpeek.operator.connection.catalog.RemotePeers;
import com.mixpeek.operator.controller.CatalogReconciler;
import com.mixpeek.operator.controller.CollectionCloneReconciler;
import com.mixpeek.operator.controller.CollectionReconciler;
import com.mixpeek.operator.controller.ConnectionReconciler;
import com.mixpeek.operator.controller.EventRecorder;
import com.mixpeek.operator.controller.ReconcilerDependencies;
import com.mixpeek.operator.controller.ReferenceTracker;
import com.mixpeek.operator.controller.TaxonomyCloneReconciler;
import com.mixpeek.operator.controller.TaxonomyReconciler;
import com.mixpeek.operator.remote.MixpeekClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ExecutorServiceManager;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The controllers, wired: the same for production, demo and tests. */
public final class Controllers implements Lifecycle {

  /**
   * How long an informer may keep others from starting. It goes on trying after that, and until it
   * has listed what there is nothing is reconciled; but while the SDK waits for an informer it
   * holds a lock without which one whose first watch was refused cannot go on.
   */
  private static final Duration FIRST_LIST = Duration.ofSeconds(5);

  /** So that a first list of many resources need not be in memory as text all at once. */
  private static final long LIST_PAGE = 500;

  /** How long the SDK's own threads wait for more; it gives them a minute. */
  private static final Duration IDLE = Duration.ofSeconds(2);

  /** How long what is under way may take to be finished. */
  private static final Duration FINISH = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(5);

  private final Settings settings;
  private final Operator operator;
  private final ThreadPoolExecutor threads;

  /** Nothing is begun any more. */
  private volatile boolean closing;

  /** Nothing is written any more. */
  private volatile boolean ended;

  private final List<RemoteCatalog<?>> remote;

  /** What is closed with the operator. */
  private final List<CatalogReconciler<?>> closed = new ArrayList<>();

  /**
   * @param client stays the caller's to close, as does the leadership
   */
  public Controllers(
      KubernetesClient client,
      Settings settings,
      Clock clock,
      Leadership leadership,
      MeterRegistry metrics) {
    this(
        client,
        settings,
        clock,
        leadership,
        metrics,
        (ThreadPoolExecutor)
            Executors.newFixedThreadPool(settings.concurrency(), Controllers::thread),
        slots(settings),
        new RemotePeers());
  }

  /**
   * @param threads made by {@link #thread}; shut down with the controllers
   * @param slots of {@link #slots}
   * @param peers of all controllers of the process
   */
  Controllers(
      KubernetesClient client,
      Settings settings,
      Clock clock,
      Leadership leads,
      MeterRegistry metrics,
      ThreadPoolExecutor threads,
      RequestSlots slots,
      RemotePeers peers) {
    this.settings = settings;
    this.threads = threads;
    this.operator =
        new Operator(
            o ->
                o.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withConcurrentReconciliationThreads(settings.concurrency())
                    .withExecutorService(threads)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withStopOnInformerErrorDuringStartup(false)
                    .withCacheSyncTimeout(FIRST_LIST)
                    .withResourceCloner(new NoCopies())
                    .withMetrics(MicrometerMetricsV2.newBuilder(metrics).build())
                    // By then there was time: the caches are empty as soon as it is stopped.
                    .withReconciliationTerminationTimeout(Duration.ZERO));
    Leadership leadership = leads.until(() -> ended);
    ResourceWriter writer = new ResourceWriter(client, leadership);
    EventRecorder events = new EventRecorder(writer, clock);
    ResourceCache<Collection> collections = new ResourceCache<>(CatalogKind.COLLECTION);
    ResourceCache<Taxonomy> taxonomies = new ResourceCache<>(CatalogKind.TAXONOMY);
    ReferenceTracker references = new ReferenceTracker(collections, taxonomies);
    ReconcilerDependencies dependencies =
        new ReconcilerDependencies(
            writer, events, references, leads.until(() -> closing), metrics, clock);

    ConnectionCache cache = new ConnectionCache();
    MixpeekClient mixpeek = new MixpeekClient(clock, settings.apiTimeout());
    Connections connections = new Connections(mixpeek, cache, leadership, metrics, slots, clock);
    ConnectionCheck check =
        new ConnectionCheck(client, settings.allowedHosts(), connections, clock);
    RemoteCatalog<Collection> remoteCollections =
        new RemoteCatalog<>(
            CatalogKind.COLLECTION, collections, connections, leadership, clock, peers);
    RemoteCatalog<Taxonomy> remoteTaxonomies =
        new RemoteCatalog<>(
            CatalogKind.TAXONOMY, taxonomies, connections, leadership, clock, peers);

    NameLocks collectionLocks = new NameLocks();
    register(
        new CollectionReconciler(collections, collectionLocks, remoteCollections, dependencies));
    register(
        new CollectionCloneReconciler(
            collections, collectionLocks, remoteCollections, dependencies));

    NameLocks taxonomyLocks = new NameLocks();
    register(new TaxonomyReconciler(taxonomies, taxonomyLocks, remoteTaxonomies, dependencies));
    register(
        new TaxonomyCloneReconciler(taxonomies, taxonomyLocks, remoteTaxonomies, dependencies));

    remote = List.of(remoteCollections, remoteTaxonomies);
    Refresh refresh = new Refresh(cache, connections, remote, clock);
    register(new ConnectionReconciler(cache, check, refresh, connections, remote, dependencies));
  }

  /** Lets half of the threads wait for Mixpeek at once. */
  static RequestSlots slots(Settings settings) {
    return new RequestSlots(Math.max(1, settings.concurrency() / 2));
  }

  /** A thread with room for specs of any depth. */
  static Thread thread(Runnable reconciliations) {
    return ReconcilerDependencies.thread(reconciliations, "reconcile");
  }

  private <P extends HasMetadata> void register(Reconciler<P> reconciler) {
    if (reconciler instanceof CatalogReconciler<?> catalog) {
      closed.add(catalog);
    }
    operator.register(
        reconciler,
        c -> {
          c.withRetry(Backoff.RECONCILIATION)
              .withReconciliationMaxInterval(null)
              .withGenerationAware(false)
              .withOnUpdateFilter(Controllers::isNews)
              .withInformerListLimit(LIST_PAGE);
          if (!settings.namespaces().isEmpty()) {
            c.settingNamespaces(settings.namespaces());
          }
        });
  }

  /**
   * Whether a change is to be reconciled: a new spec, the beginning of a deletion, a status or
   * finalizers that somebody else has written, or another resource of the same name. That is how a
   * list shows what was deleted and created anew while there was no watch; the SDK's own filter
   * compares generations alone, and both have the first.
   */
  private static boolean isNews(HasMetadata now, HasMetadata before) {
    ObjectMeta is = now.getMetadata();
    ObjectMeta was = before.getMetadata();
    return !Objects.equals(is.getUid(), was.getUid())
        || was.getGeneration() == null
        || is.getGeneration() > was.getGeneration()
        || now.isMarkedForDeletion() && !before.isMarkedForDeletion()
        || !now.getFinalizers().equals(before.getFinalizers())
        || now instanceof MixpeekResource<?, ?> one
            && before instanceof MixpeekResource<?, ?> other
            && !one.isReportedLike(other);
  }

  /** Hands out what the caches hold: nothing that reconcilers are handed is modified. */
  private static final class NoCopies implements Cloner {

    @Override
    public <R extends HasMetadata> R clone(R object) {
      return object;
    }
  }

  /** Starts, and returns once all that exists is in the caches. */
  @Override
  public void start() {
    // Its threads start the informers, five for each listed namespace, and take 0.1 MB each.
    if (executors().cachingExecutorService() instanceof ThreadPoolExecutor pool) {
      pool.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
    }
    // One that may have no thread, as the SDK makes it, has one nonetheless, which wakes a hundred
    // times a second to see whether it may end.
    if (executors().scheduledExecutorService() instanceof ThreadPoolExecutor pool) {
      pool.setCorePoolSize(1);
    }
    operator.start();
  }

  /** Stops: what is under way is finished, nothing new is begun. */
  @Override
  public void close() {
    closing = true;
    closed.forEach(CatalogReconciler::close);
    awaitTurns();
    ended = true;
    remote.forEach(RemoteCatalog::close);
    operator.stop();
    // The SDK leaves this one running, with all that it refers to.
    executors().scheduledExecutorService().shutdownNow();
  }

  /**
   * The SDK (5.3.2) empties the caches before it waits for what is under way, which would be told
   * that there is nothing: no source, and no target any more.
   */
  private void awaitTurns() {
    long deadline = System.nanoTime() + FINISH.toNanos();
    try {
      while (threads.getActiveCount() > 0 && System.nanoTime() - deadline < 0) {
        Thread.sleep(POLL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ExecutorServiceManager executors() {
    return operator.getConfigurationService().getExecutorServiceManager();
  }
}
