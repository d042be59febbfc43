package com.mixpeek.operator.telemetry;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sees each request to the API server: how long it took, how it ended, and when the server last
 * answered. Watches are counted as they open, not timed.
 */
public final class ApiContact implements Interceptor {

  private final MeterRegistry registry;

  /** The API server writes it into its audit log, where each of our requests can so be found. */
  private static final String AUDIT_ID = "Audit-ID";

  /** The first half of each request's ID; the second is when it was sent, in nanoseconds. */
  private final long process = UUID.randomUUID().getMostSignificantBits();

  /** In nanoseconds: the time of day may be set back. */
  private volatile long lastAnswer = System.nanoTime();

  public ApiContact(MeterRegistry registry) {
    this.registry = registry;
  }

  /** How long ago the API server last answered. */
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastAnswer);
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    // Watches are opened as WebSockets, and nothing else is.
    if (!(builder instanceof WebSocket.Builder)) {
      builder.setHeader(AUDIT_ID, new UUID(process, System.nanoTime()).toString());
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    lastAnswer = System.nanoTime();
    ended(request, Integer.toString(response.code()));
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    ended(request, "none");
  }

  private void ended(HttpRequest request, String code) {
    String id = request.header(AUDIT_ID);
    ApiRequest asked = ApiRequest.of(request.method(), request.uri());
    String[] tags = {"verb", asked.verb(), "resource", resource(asked), "code", code};
    if (id != null) {
      registry
          .timer("mixpeek.api.request.duration", tags)
          .record(
              System.nanoTime() - UUID.fromString(id).getLeastSignificantBits(),
              TimeUnit.NANOSECONDS);
    } else if (asked.verb().equals("watch")) {
      registry.counter("mixpeek.api.watches", tags).increment();
    }
  }

  /** The few resources that we ask for; the paths of other requests are one label. */
  private static String resource(ApiRequest request) {
    return request.resource().startsWith("/") ? "other" : request.resource();
  }
}
