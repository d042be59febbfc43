package com.mixpeek.operator.telemetry;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees each request to the API server: how long it took, how it ended, and when the server last
 * answered. Watches are counted as they open, not timed.
 */
public final class ApiContact implements Interceptor {

  private final MeterRegistry registry;
  private final Clock clock;

  /** The API server writes it into its audit log, where each of our requests can so be found. */
  private static final String AUDIT_ID = "Audit-ID";

  private final Map<String, Long> started = new ConcurrentHashMap<>();
  private volatile Instant lastAnswer;

  public ApiContact(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.lastAnswer = clock.instant();
  }

  /** How long ago the API server last answered. */
  public Duration silence() {
    return Duration.between(lastAnswer, clock.instant());
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!ApiRequest.of(request.method(), request.uri()).verb().equals("watch")) {
      String id = UUID.randomUUID().toString();
      builder.setHeader(AUDIT_ID, id);
      started.put(id, System.nanoTime());
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    lastAnswer = clock.instant();
    ended(request, Integer.toString(response.code()));
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    ended(request, "none");
  }

  private void ended(HttpRequest request, String code) {
    ApiRequest seen = ApiRequest.of(request.method(), request.uri());
    String[] tags = {"verb", seen.verb(), "resource", resource(seen), "code", code};
    String id = request.header(AUDIT_ID);
    Long start = id == null ? null : started.remove(id);
    if (start != null) {
      registry
          .timer("mixpeek.api.request.duration", tags)
          .record(Duration.ofNanos(System.nanoTime() - start));
    } else if (seen.verb().equals("watch")) {
      registry.counter("mixpeek.api.watches", tags).increment();
    }
  }

  /** The few resources that we ask for; the paths of other requests are one label. */
  private static String resource(ApiRequest request) {
    return request.resource().startsWith("/") ? "other" : request.resource();
  }
}
