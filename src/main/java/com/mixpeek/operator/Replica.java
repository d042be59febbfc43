package com.mixpeek.operator;

import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.cluster.LeaseLeadership;
import com.mixpeek.operator.telemetry.ApiContact;
import com.mixpeek.operator.telemetry.HealthEndpoint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator as it runs in a pod: the controllers, and around them leader, health and metrics.
 */
public final class Replica implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

  static final String LEASE = "mixpeek-operator";

  /** After this long without an answer from the API server the replica is not ready. */
  private static final Duration OUT_OF_REACH = Duration.ofSeconds(30);

  /** After this long without any request to the API server it is asked for its version. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Settings settings;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ScheduledExecutorService probe = Executors.newSingleThreadScheduledExecutor();
  private final ApiContact contact;
  private final KubernetesClient client;
  private final Leadership leadership;
  private final Lifecycle operator;
  private final HealthEndpoint endpoint;
  private volatile boolean started;

  /**
   * @param clients makes the client; the interceptor is to see its requests
   */
  public Replica(Settings settings, Clock clock, Function<Interceptor, KubernetesClient> clients) {
    this.settings = settings;
    metrics.config().meterFilter(new SameTags());
    if (!settings.shard().isEmpty()) {
      metrics.config().commonTags("shard", settings.shard());
    }
    this.contact = new ApiContact(metrics);
    this.client = clients.apply(contact);
    this.leadership = settings.leaderElection() ? lease() : Leadership.always();
    this.operator =
        settings.namespaceSelector().isEmpty()
            ? new Controllers(client, settings, clock, leadership, metrics)
            : new SelectedNamespaces(client, settings, clock, leadership, metrics);
    Gauge.builder("mixpeek.leader", leadership, l -> l.leads() ? 1 : 0)
        .description("1 while this replica leads.")
        .register(metrics);
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    this.endpoint =
        settings.httpPort() < 0
            ? null
            : new HealthEndpoint(settings.httpPort(), this::unready, metrics::scrape);
  }

  private LeaseLeadership lease() {
    String ours = client.getNamespace() == null ? "default" : client.getNamespace();
    String namespace = settings.leaseNamespace().isEmpty() ? ours : settings.leaseNamespace();
    String lease = settings.shard().isEmpty() ? LEASE : LEASE + "-" + settings.shard();
    return new LeaseLeadership(
        client, namespace, lease, identity(), LeaseLeadership.Timing.DEFAULT);
  }

  private String identity() {
    if (!settings.identity().isEmpty()) {
      return settings.identity();
    }
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + UUID.randomUUID();
    } catch (UnknownHostException e) {
      return UUID.randomUUID().toString();
    }
  }

  /**
   * Starts, and returns once all that exists is in the caches; waits for the cluster if it must.
   */
  public void start() throws InterruptedException {
    if (endpoint != null) {
      probe.scheduleWithFixedDelay(this::keepInTouch, 1, 1, TimeUnit.SECONDS);
    }
    new Preflight(client, settings).await();
    operator.start();
    started = true;
    if (leadership instanceof LeaseLeadership lease) {
      lease.start();
    }
    LOG.info("Watching {} at {}.", watched(), client.getMasterUrl());
  }

  private String watched() {
    if (!settings.namespaceSelector().isEmpty()) {
      return "namespaces whose labels are " + settings.namespaceSelector();
    }
    return settings.namespaces().isEmpty()
        ? "all namespaces"
        : "namespaces " + String.join(", ", settings.namespaces());
  }

  public boolean leads() {
    return leadership.leads();
  }

  /** The port of health and metrics, empty where there is none. */
  public Optional<Integer> port() {
    return Optional.ofNullable(endpoint).map(HealthEndpoint::port);
  }

  /** An API server that hangs says nothing to a watch: only an answer shows that it is there. */
  private void keepInTouch() {
    if (contact.silence().compareTo(QUIET) > 0) {
      try {
        client.getKubernetesVersion();
      } catch (RuntimeException e) {
        LOG.debug("The API server does not answer.", e);
      }
    }
  }

  private Optional<String> unready() {
    if (!started) {
      return Optional.of("The caches are not filled yet.");
    }
    Duration silence = contact.silence();
    return silence.compareTo(OUT_OF_REACH) > 0
        ? Optional.of(
            "The API server has not answered for %d seconds.".formatted(silence.toSeconds()))
        : Optional.empty();
  }

  /** Finishes what is under way, then gives the lease to others. */
  @Override
  public void close() {
    operator.close();
    if (leadership instanceof LeaseLeadership lease) {
      lease.close();
    }
    probe.shutdownNow();
    if (endpoint != null) {
      endpoint.close();
    }
    client.close();
  }

  /**
   * The SDK counts some events without an action; Prometheus wants the same tags on all of them.
   */
  private static final class SameTags implements MeterFilter {

    @Override
    public Meter.Id map(Meter.Id id) {
      return id.getName().equals("events.received") && id.getTag("action") == null
          ? id.withTag(Tag.of("action", "NONE"))
          : id;
    }
  }
}
