package com.mixpeek.operator;

import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.connection.RequestSlots;
import com.mixpeek.operator.connection.catalog.RemotePeers;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs controllers for each namespace whose labels are selected, from when they are until they no
 * longer are. As names and IDs are unique within a namespace, no controller needs to see another
 * one's, but for what several namespaces have at one place of Mixpeek: so a namespace is what moves
 * from one shard to another.
 */
final class SelectedNamespaces implements Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(SelectedNamespaces.class);

  /**
   * How long a namespace that comes to be selected is left alone, so that the shard that had it
   * before sees the change, too, and stops.
   */
  private static final Duration HANDOVER = Duration.ofSeconds(3);

  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final int STARTED_AT_ONCE = 8;

  /** Of metrics: {@code namespace} is where the operator is, which whoever scrapes adds. */
  private static final String TAG = "watched_namespace";

  private final KubernetesClient client;
  private final Settings settings;
  private final Clock clock;
  private final Leadership leadership;
  private final MeterRegistry metrics;
  private final Map<String, Member> members = new ConcurrentHashMap<>();

  /** By namespace, until its controllers have stopped. */
  private final Map<String, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();

  private final ExecutorService lifecycles = Executors.newFixedThreadPool(STARTED_AT_ONCE);

  /** What {@link Settings#concurrency()} allows, for all namespaces together. */
  private final Semaphore concurrency;

  /** The same for those of its threads that wait for Mixpeek. */
  private final RequestSlots slots;

  private final RemotePeers peers = new RemotePeers();

  private final SharedIndexInformer<Namespace> namespaces;

  /**
   * Whether all that were selected at the start are known: one that comes later had another shard.
   */
  private volatile boolean listed;

  SelectedNamespaces(
      KubernetesClient client,
      Settings settings,
      Clock clock,
      Leadership leadership,
      MeterRegistry metrics) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.leadership = leadership;
    this.metrics = metrics;
    this.concurrency = new Semaphore(settings.concurrency());
    this.slots = Controllers.slots(settings);
    this.namespaces =
        client
            .namespaces()
            .withLabelSelector(settings.namespaceSelector())
            .runnableInformer(0)
            .exceptionHandler((started, e) -> true);
    // Before they start: a namespace may be moved away while the controllers of others start.
    namespaces.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(Namespace namespace) {
            join(namespace, listed ? HANDOVER : Duration.ZERO);
          }

          @Override
          public void onUpdate(Namespace before, Namespace namespace) {
            // It is still selected.
          }

          @Override
          public void onDelete(Namespace namespace, boolean unknown) {
            leave(namespace.getMetadata().getName());
          }
        });
    leadership.onStart(() -> members.values().forEach(Member::leadsAnew));
  }

  @Override
  public void start() {
    namespaces.start().toCompletableFuture().join();
    namespaces.getStore().list().forEach(namespace -> join(namespace, Duration.ZERO));
    listed = true;
    // One that was moved away before it was joined, which nobody tells.
    members.keySet().stream()
        .filter(name -> namespaces.getStore().getByKey(name) == null)
        .forEach(this::leave);
    CompletableFuture.allOf(
            members.values().stream().map(m -> m.starting).toArray(CompletableFuture[]::new))
        .join();
  }

  private void join(Namespace namespace, Duration pause) {
    members.computeIfAbsent(
        namespace.getMetadata().getName(), name -> new Member(name).startAfter(pause));
  }

  private void leave(String namespace) {
    Member member = members.remove(namespace);
    if (member != null) {
      // At once, whatever the threads are busy with: from here on it writes nothing.
      member.selected = false;
      LOG.info("Namespace {} is no longer selected.", member.namespace);
      CompletableFuture<Void> closed = CompletableFuture.runAsync(member::close, lifecycles);
      leaving.put(namespace, closed);
      closed.whenComplete((nothing, e) -> leaving.remove(namespace, closed));
      // It may be selected again by now, which nobody tells of one that was a member still.
      Optional.ofNullable(namespaces.getStore().getByKey(namespace))
          .ifPresent(again -> join(again, HANDOVER));
    }
  }

  @Override
  public void close() {
    namespaces.close();
    lifecycles.shutdownNow();
    // A thread for each: it waits for what is under way in its namespace.
    ExecutorService closing = Executors.newCachedThreadPool();
    CompletableFuture.allOf(
            members.values().stream()
                .map(member -> CompletableFuture.runAsync(member::close, closing))
                .toArray(CompletableFuture[]::new))
        .join();
    closing.shutdown();
  }

  /** A namespace that is selected: its controllers work while it is, and while we lead. */
  private final class Member implements Leadership {

    private final String namespace;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private CompletableFuture<Void> starting;
    private volatile boolean selected = true;
    private volatile boolean started;
    private volatile boolean unheard;
    private Controllers controllers;

    private Member(String namespace) {
      this.namespace = namespace;
    }

    private Member startAfter(Duration pause) {
      // Those that are stopping take the metrics of the namespace with them.
      starting =
          leaving
              .getOrDefault(namespace, CompletableFuture.completedFuture(null))
              .exceptionally(e -> null)
              .thenRunAsync(
                  this::start,
                  CompletableFuture.delayedExecutor(
                      pause.toMillis(), TimeUnit.MILLISECONDS, lifecycles));
      return this;
    }

    private synchronized void start() {
      if (!selected) {
        return;
      }
      // Of controllers that could not be started.
      listeners.clear();
      Settings here = settings.watching(Set.of(namespace));
      controllers = new Controllers(client, here, clock, this, registry(), threads(), slots, peers);
      try {
        controllers.start();
        started = true;
        LOG.info("Namespace {} is selected.", namespace);
        tellListeners();
      } catch (RuntimeException e) {
        LOG.warn("Namespace {} cannot be watched; it is tried again.", namespace, e);
        controllers.close();
        startAfter(RETRY);
      }
    }

    private synchronized void close() {
      selected = false;
      started = false;
      if (controllers != null) {
        controllers.close();
      }
      metrics.getMeters().stream()
          .filter(meter -> namespace.equals(meter.getId().getTag(TAG)))
          .forEach(metrics::remove);
    }

    private MeterRegistry registry() {
      CompositeMeterRegistry registry = new CompositeMeterRegistry();
      registry.config().commonTags(TAG, namespace);
      return registry.add(metrics);
    }

    /** Threads that are there while there is work, and work while no others hold all permits. */
    private ThreadPoolExecutor threads() {
      int most = settings.concurrency();
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Controllers::thread) {
            @Override
            protected void beforeExecute(Thread thread, Runnable work) {
              concurrency.acquireUninterruptibly();
            }

            @Override
            protected void afterExecute(Runnable work, Throwable thrown) {
              concurrency.release();
            }
          };
      threads.allowCoreThreadTimeOut(true);
      return threads;
    }

    @Override
    public boolean leads() {
      return selected && leadership.leads();
    }

    @Override
    public void onStart(Runnable listener) {
      listeners.add(listener);
    }

    /** Listeners are told now or, as they can only be told then, once they have started. */
    private void leadsAnew() {
      unheard = true;
      try {
        tellListeners();
      } catch (RuntimeException e) {
        // The other namespaces are to be told nonetheless.
        LOG.warn("Namespace {} was not looked at anew.", namespace, e);
      }
    }

    private void tellListeners() {
      if (started && unheard) {
        unheard = false;
        listeners.forEach(Runnable::run);
      }
    }
  }
}
