package com.mixpeek.operator;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.catalog.CollectionReconciler;
import com.mixpeek.operator.catalog.TaxonomyReconciler;
import com.mixpeek.operator.clone.CollectionCloneReconciler;
import com.mixpeek.operator.clone.TaxonomyCloneReconciler;
import com.mixpeek.operator.cluster.Backoff;
import com.mixpeek.operator.cluster.EventRecorder;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.cluster.ResourceStore;
import com.mixpeek.operator.cluster.ResourceWriter;
import com.mixpeek.operator.cluster.Workbench;
import com.mixpeek.operator.cluster.WriteBarrier;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** The four controllers, wired: the same for production, demo and tests. */
public final class MixpeekOperator implements AutoCloseable {

  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /** The operator waits for the API server for as long as it takes. */
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private static final Duration FINISH = Duration.ofSeconds(10);

  private final Settings settings;
  private final Operator operator;

  /** An operator that leads alone and keeps its metrics to itself. */
  public MixpeekOperator(KubernetesClient client, Settings settings, Clock clock) {
    this(client, settings, clock, Leadership.always(), new SimpleMeterRegistry());
  }

  /**
   * @param client stays the caller's to close, as does the leadership
   */
  public MixpeekOperator(
      KubernetesClient client,
      Settings settings,
      Clock clock,
      Leadership leadership,
      MeterRegistry metrics) {
    this.settings = settings;
    this.operator =
        new Operator(
            o ->
                o.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withConcurrentReconciliationThreads(settings.concurrency())
                    .withUseSSAToPatchPrimaryResource(false)
                    .withStopOnInformerErrorDuringStartup(false)
                    .withCacheSyncTimeout(FOR_EVER)
                    .withMetrics(MicrometerMetricsV2.newBuilder(metrics).build())
                    .withReconciliationTerminationTimeout(FINISH));
    ResourceWriter writer = new ResourceWriter(client, leadership);
    EventRecorder events = new EventRecorder(writer, clock);
    Workbench bench = new Workbench(writer, events, leadership, metrics, clock);

    ResourceStore<Collection> collections = new ResourceStore<>(CatalogKind.COLLECTION);
    WriteBarrier<Collection> collectionBarrier = new WriteBarrier<>(client, collections);
    register(new CollectionReconciler(collections, collectionBarrier, bench));
    register(new CollectionCloneReconciler(collections, collectionBarrier, bench));

    ResourceStore<Taxonomy> taxonomies = new ResourceStore<>(CatalogKind.TAXONOMY);
    WriteBarrier<Taxonomy> taxonomyBarrier = new WriteBarrier<>(client, taxonomies);
    register(new TaxonomyReconciler(taxonomies, taxonomyBarrier, bench));
    register(new TaxonomyCloneReconciler(taxonomies, taxonomyBarrier, bench));
  }

  private <P extends HasMetadata> void register(Reconciler<P> reconciler) {
    operator.register(
        reconciler,
        c -> {
          c.withRetry(new Backoff(FIRST_RETRY, LONGEST_RETRY))
              .withReconciliationMaxInterval(null)
              .withGenerationAware(true);
          if (!settings.namespaces().isEmpty()) {
            c.settingNamespaces(settings.namespaces());
          }
        });
  }

  /** Starts, and returns once all that exists is in the caches. */
  public void start() {
    operator.start();
  }

  /** Stops: what is under way is finished, nothing new is begun. */
  @Override
  public void close() {
    operator.stop();
  }
}
