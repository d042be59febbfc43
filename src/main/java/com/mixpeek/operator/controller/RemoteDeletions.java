package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogResource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on resources that are being deleted and carry the finalizer, one at a time of those that go
 * through one Connection, so that an API that does not answer keeps nobody else waiting. The SDK
 * reconciles such a resource only if it puts a finalizer on every one of the kind, or in a mode in
 * which it loses the event of one that is created anew right after it was deleted (5.3.2).
 *
 * @param <R> the resource type
 */
final class RemoteDeletions<R extends CatalogResource<?>> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteDeletions.class);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** By namespace and name of the Connection, each only while it has work. */
  private final Map<String, ScheduledThreadPoolExecutor> workers = new ConcurrentHashMap<>();

  private volatile boolean closed;

  /** What is to be done next, by the resource's UID. */
  private final Map<String, Turn> next = new ConcurrentHashMap<>();

  private final Function<R, Optional<Duration>> release;

  /**
   * @param release works on a resource, and says when to come again; empty for never
   */
  RemoteDeletions(Function<R, Optional<Duration>> release) {
    this.release = release;
  }

  /** Has the resource worked on at once, as it is now. */
  void begin(R resource) {
    next.compute(
        resource.getMetadata().getUid(),
        (uid, before) -> {
          if (before != null) {
            before.scheduled.cancel(false);
          }
          return schedule(resource, Duration.ZERO);
        });
  }

  /** Unless it is to be worked on already, as it has changed meanwhile. */
  private void comeAgain(R resource, Duration pause) {
    next.computeIfAbsent(resource.getMetadata().getUid(), uid -> schedule(resource, pause));
  }

  /** Null where there is nothing to come any more. */
  private Turn schedule(R resource, Duration delay) {
    if (closed) {
      return null;
    }
    Turn turn = new Turn(resource);
    workers.compute(
        connection(resource),
        (connection, before) -> {
          ScheduledThreadPoolExecutor worker = before == null ? worker() : before;
          turn.scheduled = worker.schedule(turn, delay.toMillis(), TimeUnit.MILLISECONDS);
          return worker;
        });
    return turn;
  }

  private static String connection(CatalogResource<?> resource) {
    return resource.getMetadata().getNamespace() + "/" + resource.connection().orElse("");
  }

  /** Forgets the worker of a Connection that has nothing more to do: its thread ends by itself. */
  private void endIdle(R resource) {
    workers.computeIfPresent(
        connection(resource), (connection, worker) -> worker.getQueue().isEmpty() ? null : worker);
  }

  /** What is done about a resource when its time has come. */
  private final class Turn implements Runnable {

    private final R resource;
    private ScheduledFuture<?> scheduled;

    private Turn(R resource) {
      this.resource = resource;
    }

    @Override
    public void run() {
      // Unless another has just taken its place, too late to cancel it: each would be followed by
      // another one.
      if (next.remove(resource.getMetadata().getUid(), this)) {
        work(resource);
      }
      endIdle(resource);
    }
  }

  private void work(R resource) {
    try {
      ReconcilerDependencies.turn(() -> release.apply(resource))
          .ifPresent(again -> comeAgain(resource, again));
    } catch (RuntimeException e) {
      comeAgain(resource, RETRY);
      ReconciliationLogger.retried(LOG, resource, e);
    }
  }

  /** Whether nothing is to be done, and nothing is kept of what was. */
  boolean isIdle() {
    return workers.isEmpty() && next.isEmpty();
  }

  private static ScheduledThreadPoolExecutor worker() {
    ScheduledThreadPoolExecutor worker =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = ReconcilerDependencies.thread(work, "delete at Mixpeek");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    worker.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
    worker.allowCoreThreadTimeOut(true);
    worker.setRemoveOnCancelPolicy(true);
    return worker;
  }

  @Override
  public void close() {
    closed = true;
    workers.values().forEach(ScheduledThreadPoolExecutor::shutdownNow);
  }
}
