package com.mixpeek.operator.cluster;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads while it holds a Lease, and knows by the clock alone when it may no longer be sure of that.
 *
 * <p>The SDK's own leader goes on reconciling after it lost the lease, and fabric8's elector
 * notices that it cannot renew only once a request returns. So every write asks here, and gets no
 * for an answer as soon as the last renewal is older than the deadline, whatever the network does.
 */
public final class LeaseLeadership implements Leadership, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseLeadership.class);

  /**
   * How long things take.
   *
   * @param lease after this time without renewal another may take the lease
   * @param deadline after this time without renewal the holder stops; shorter than the lease
   * @param retry how often the holder renews, and the others ask
   */
  public record Timing(Duration lease, Duration deadline, Duration retry) {

    /** A killed leader is replaced after some 12 seconds. */
    public static final Timing DEFAULT =
        new Timing(Duration.ofSeconds(10), Duration.ofSeconds(7), Duration.ofSeconds(2));
  }

  /** Before the deadline by so much a renewal is taken for one that came too late. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /** For how long fabric8 7.6.1 still holds a lease that it gives away, its name left in it. */
  private static final Duration RELEASED = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final String identity;
  private final Timing timing;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);
  private volatile boolean holds;
  private volatile long renewedAt;
  private volatile boolean closed;

  /** What was last said of a lease that cannot be had; empty while one can. */
  private volatile String complaint = "";

  private volatile CompletableFuture<?> election;

  /**
   * @param identity who we are, unlike any other process
   */
  public LeaseLeadership(
      KubernetesClient client, String namespace, String name, String identity, Timing timing) {
    this.client = impatient(client, timing.deadline().dividedBy(2));
    this.namespace = namespace;
    this.name = name;
    this.identity = identity;
    this.timing = timing;
  }

  /** One that asks again within the deadline where an answer does not come. */
  private static KubernetesClient impatient(KubernetesClient client, Duration timeout) {
    RequestConfig config = client.getConfiguration().getRequestConfig();
    int millis = Math.min(config.getRequestTimeout(), (int) timeout.toMillis());
    return client
        .newClient(new RequestConfigBuilder(config).withRequestTimeout(millis).build())
        .adapt(KubernetesClient.class);
  }

  /** Begins to ask for the lease, and goes on until closed. */
  public void start() {
    if (closed) {
      return;
    }
    LeaderElectionConfig config =
        new LeaderElectionConfigBuilder()
            .withName(name)
            .withLock(new TimedLock(lease()))
            .withLeaseDuration(timing.lease())
            .withRenewDeadline(timing.deadline())
            .withRetryPeriod(timing.retry())
            .withReleaseOnCancel(true)
            .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::lost, leader -> {}))
            .build();
    election = new LeaderElector(client, config, threads).start();
    election.whenComplete((done, failure) -> again());
  }

  /** fabric8 (7.6.1) takes one that nobody has held yet for none, and would try to create it. */
  private LeaseLock lease() {
    return new LeaseLock(namespace, name, identity) {
      @Override
      protected LeaderElectionRecord toRecord(Lease lease) {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        return lease.getSpec() == null || lease.getSpec().getHolderIdentity() == null
            ? new LeaderElectionRecord("", RELEASED, now, now, 0)
            : super.toRecord(lease);
      }
    };
  }

  private void again() {
    lost();
    if (!closed) {
      threads.schedule(this::start, timing.retry().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public boolean leads() {
    return holds && System.nanoTime() - renewedAt < timing.deadline().toNanos();
  }

  @Override
  public void onStart(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Called with each renewal. We begin to lead with one, not when the elector says so: it does that
   * as soon as it reads our name in the lease, though it may have expired. And whoever asked since
   * the deadline was told no, and is to be woken, though the elector noticed nothing.
   */
  private void renewed(long sent) {
    boolean ledThroughout =
        holds && System.nanoTime() - renewedAt < timing.deadline().minus(MARGIN).toNanos();
    renewedAt = sent;
    holds = !closed;
    complaint = "";
    if (holds && !ledThroughout) {
      LOG.info("Leading, as {} holds the lease {}/{}.", identity, namespace, name);
      // Not here: to have many resources reconciled takes longer than a lease lasts.
      threads.execute(() -> listeners.forEach(this::tell));
    }
  }

  private void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | Error e) {
      // Those after it are told all the same.
      LOG.warn("Who waited for this replica to lead was not woken.", e);
    }
  }

  /**
   * Says once what is in the way; that another was first is not.
   *
   * @return what the elector tries again after; anything else would end it without a word
   */
  private KubernetesClientException complaining(RuntimeException failure) {
    KubernetesClientException e =
        failure instanceof KubernetesClientException known
            ? known
            : new KubernetesClientException("The Lease is incomplete", failure);
    String words =
        Optional.ofNullable(e.getStatus())
            .map(Status::getMessage)
            .orElse(
                e == failure
                    ? "the API server does not answer"
                    : "what is in it is incomplete: delete it");
    if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && !words.equals(complaint)) {
      complaint = words;
      LOG.warn(
          "The Lease {}/{} cannot be had ({}), without which this replica does not work: see that"
              + " the namespace exists, and that the operator's account has the Role of deploy/ in"
              + " it. It is tried again.",
          namespace,
          name,
          words);
    }
    return e;
  }

  private void lost() {
    if (holds) {
      holds = false;
      LOG.info("Standing by: {} no longer holds the lease {}/{}.", identity, namespace, name);
    }
  }

  /**
   * Stops, and releases the lease if it is held, so that another need not wait for it to expire.
   */
  @Override
  public void close() {
    closed = true;
    holds = false;
    if (election != null) {
      election.cancel(true);
    }
    threads.shutdown();
    try {
      if (!threads.awaitTermination(timing.retry().toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Notes when a renewal was sent that succeeded: the lease is ours from then on, not from later.
   */
  private final class TimedLock implements Lock {

    private final Lock lease;

    /** The lease as it was when it last changed, and when that was seen by our own clock. */
    private LeaderElectionRecord last;

    private long lastSeen;

    private TimedLock(Lock lease) {
      this.lease = lease;
    }

    @Override
    public LeaderElectionRecord get(KubernetesClient client) {
      try {
        return observed(lease.get(client));
      } catch (RuntimeException e) {
        throw complaining(e);
      }
    }

    /**
     * The lease as if it was renewed when that was seen here: what the holder's clock says of it,
     * as another than ours may be wrong, decides nothing.
     */
    private LeaderElectionRecord observed(LeaderElectionRecord found) {
      if (found == null) {
        return isHeldByAnother() ? observed(last) : null;
      }
      if (!found.equals(last)) {
        last = found;
        lastSeen = System.nanoTime();
      }
      Duration age = Duration.ofNanos(System.nanoTime() - lastSeen);
      if (found.getLeaseDuration().compareTo(RELEASED) <= 0) {
        age = age.plus(RELEASED).plusSeconds(1);
      }
      return new LeaderElectionRecord(
          found.getHolderIdentity(),
          found.getLeaseDuration(),
          found.getAcquireTime(),
          ZonedDateTime.now(ZoneOffset.UTC).minus(age),
          found.getLeaderTransitions());
    }

    /** Whoever held one that is deleted may lead until it would have expired. */
    private boolean isHeldByAnother() {
      return last != null
          && !identity.equals(last.getHolderIdentity())
          && last.getLeaseDuration().compareTo(RELEASED) > 0
          && System.nanoTime() - lastSeen < last.getLeaseDuration().toNanos();
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord written) {
      write(written, () -> lease.create(client, written));
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord written) {
      write(written, () -> lease.update(client, written));
    }

    private void write(LeaderElectionRecord written, Runnable write) {
      long sent = System.nanoTime();
      try {
        write.run();
      } catch (RuntimeException e) {
        throw complaining(e);
      }
      if (identity.equals(written.getHolderIdentity())) {
        LeaseLeadership.this.renewed(sent);
      }
    }

    @Override
    public String identity() {
      return lease.identity();
    }

    @Override
    public String describe() {
      return lease.describe();
    }
  }
}
