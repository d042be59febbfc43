package com.mixpeek.operator.testing.server;

import com.mixpeek.operator.telemetry.ApiRequest;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Records each request of an operator, and fails those that a test says. */
public final class RequestRecorder implements Interceptor {

  /** When the connection is lost: how the last write of a killed operator ended. */
  public enum Disconnect {
    /** The write never left. */
    BEFORE,
    /** The write was done, and its answer never came. */
    AFTER
  }

  private static final int KINDS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<ApiRequest> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch watches = new CountDownLatch(KINDS);
  private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
  private volatile Disconnect disconnect = Disconnect.BEFORE;
  private volatile Predicate<ApiRequest> failing = request -> false;

  /** Fails the writes that match, until another rule is set; null lets all through. */
  public void failWrites(Predicate<ApiRequest> rule) {
    failing = rule == null ? request -> false : rule;
  }

  /** Loses the connection at the nth write to the four kinds from now on, counted from 1. */
  public void disconnectAt(int write, Disconnect how) {
    disconnect = how;
    writesLeft.set(write);
  }

  public boolean isDisconnected() {
    return writesLeft.get() <= 0;
  }

  public List<ApiRequest> requests() {
    return List.copyOf(requests);
  }

  /** The writes to the four kinds. */
  public List<ApiRequest> writes() {
    return requests.stream().filter(r -> r.ours() && r.writes()).toList();
  }

  /**
   * Waits until the four watches are open. The embedded server, unlike a real one, does not tell a
   * watch what happened between the list and its opening; so nothing may be written in between.
   */
  public void awaitWatches() {
    try {
      if (!watches.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The operator does not watch the four kinds.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public void clear() {
    requests.clear();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    ApiRequest seen = ApiRequest.of(request.method(), request.uri());
    if (seen.ours() && seen.writes()) {
      awaitWatches();
      int left = writesLeft.get() == Integer.MAX_VALUE ? 2 : writesLeft.getAndDecrement();
      if (left < 1 || (left == 1 && disconnect == Disconnect.BEFORE)) {
        throw new IllegalStateException("The connection is lost.");
      }
    } else if (isDisconnected() && seen.writes()) {
      throw new IllegalStateException("The connection is lost.");
    }
    if (seen.writes() && failing.test(seen)) {
      throw new IllegalStateException("The test fails " + seen + ".");
    }
    requests.add(seen);
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    ApiRequest seen = ApiRequest.of(request.method(), request.uri());
    if (seen.verb().equals("watch")) {
      watches.countDown();
    }
    if (isDisconnected() && seen.writes()) {
      throw new IllegalStateException("The connection is lost.");
    }
  }
}
