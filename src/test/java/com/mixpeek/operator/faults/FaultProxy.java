package com.mixpeek.operator.faults;

import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.server.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * An API server through a proxy that fails what a test says: the operator's requests pass through
 * it, the test's own do not. Works in front of each server alike.
 */
public final class FaultProxy implements ApiServer {

  /** Each watch has one of them. */
  private static final int CONNECTIONS = 1000;

  private static final Vertx VERTX =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(1)
              .setInternalBlockingPoolSize(2));

  /** How long the operator waits for an answer. */
  private static final int REQUEST_TIMEOUT_MILLIS = 1000;

  private final ApiServer server;
  private final HttpClient upstream;
  private final HttpServer proxy;
  private volatile Predicate<Faults.Passing> late = passing -> false;

  private final Faults faults = new Faults();
  private final Set<WatchRelay> watches = ConcurrentHashMap.newKeySet();

  /**
   * Watches of a path that were opened before it was listed, and that no client has asked for yet.
   * A server that replays no events would not tell what happened between list and watch.
   */
  private final Map<String, HttpClientResponse> opened = new ConcurrentHashMap<>();

  public FaultProxy(ApiServer server) {
    this.server = server;
    URI address = URI.create(server.config().getMasterUrl());
    this.upstream =
        VERTX.createHttpClient(
            new HttpClientOptions()
                .setDefaultHost(address.getHost())
                .setDefaultPort(address.getPort())
                .setSsl(address.getScheme().equals("https"))
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxPoolSize(CONNECTIONS));
    this.proxy =
        VERTX
            .createHttpServer(
                new HttpServerOptions().setHttp2ClearTextEnabled(false).setSoLinger(0))
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Ends every watch in that way: closed, reset or gone. */
  public void endWatches(Fault how) {
    List.copyOf(watches).forEach(watch -> watch.end(how));
  }

  Set<WatchRelay> watches() {
    return watches;
  }

  /** The switches. */
  public Faults faults() {
    return faults;
  }

  /** Lets such requests reach the server only {@link Fault#SHORT_DELAY} after they were sent. */
  void delay(Predicate<Faults.Passing> requests) {
    late = requests;
  }

  Vertx vertx() {
    return VERTX;
  }

  /** Opens it at the server, paused. */
  Future<HttpClientResponse> watch(String uri, MultiMap headers) {
    return upstream
        .request(request(HttpMethod.GET, uri, headers))
        .compose(HttpClientRequest::send)
        .onSuccess(watch -> watch.exceptionHandler(closed -> {}).pause());
  }

  /** The watch that was opened before the path was listed, until it is asked for. */
  Optional<HttpClientResponse> opened(String path) {
    return Optional.ofNullable(opened.remove(path));
  }

  /**
   * Whether a watch is opened again without a list before it, on a server that does not replay what
   * happened meanwhile: like a real one that has compacted its history, it says 410.
   */
  private boolean reconnects(String path) {
    return !server.real() && !opened.containsKey(path);
  }

  private Future<?> openBefore(HttpServerRequest list) {
    return watch(list.path() + "?watch=true", list.headers())
        .onSuccess(
            watch ->
                Optional.ofNullable(opened.put(list.path(), watch))
                    .ifPresent(before -> before.request().connection().close()));
  }

  private void handle(HttpServerRequest request) {
    ApiRequest asked = Faults.passing(request.method().name(), request.uri(), "", null).request();
    if (asked.verb().equals("watch")) {
      request.pause();
      new WatchRelay(this, request)
          .start(
              reconnects(request.path())
                  ? Optional.of(Fault.WATCH_GONE)
                  : faults.next(Faults.passing("GET", request.uri(), "", null)));
    } else {
      request.body().onSuccess(body -> handle(request, body));
    }
  }

  private void handle(HttpServerRequest request, Buffer body) {
    Faults.Passing passing =
        Faults.passing(request.method().name(), request.uri(), body.toString(), null);
    Fault fault = faults.next(passing).orElse(null);
    if (fault == Fault.RESET_BEFORE) {
      request.connection().close();
    } else if (fault != null && fault.code() != 0) {
      refuse(request.response(), fault);
    } else if (late.test(passing)) {
      VERTX.setTimer(Fault.SHORT_DELAY.toMillis(), timer -> forward(request, body, passing, fault));
    } else if (fault != Fault.HANG_BEFORE) {
      forward(request, body, passing, fault);
    }
  }

  static void refuse(HttpServerResponse response, Fault fault) {
    if (fault == Fault.TOO_MANY_REQUESTS) {
      response.putHeader("Retry-After", "1");
    }
    response
        .setStatusCode(fault.code())
        .putHeader("Content-Type", "application/json")
        .end(fault.body());
  }

  private void forward(
      HttpServerRequest request, Buffer body, Faults.Passing passing, Fault fault) {
    RequestOptions options = request(request.method(), request.uri(), request.headers());
    boolean first = !server.real() && passing.request().verb().equals("list");
    (first ? openBefore(request) : Future.succeededFuture())
        .compose(open -> upstream.request(options))
        .compose(sent -> sent.send(body))
        .compose(answer -> answer.body().map(text -> new Answer(answer, text)))
        .onSuccess(answer -> answer(request, fault, answer))
        .onFailure(failure -> request.connection().close());
  }

  private static RequestOptions request(HttpMethod method, String uri, MultiMap headers) {
    RequestOptions options = new RequestOptions().setMethod(method).setURI(uri);
    headers.forEach(
        header -> {
          if (!Set.of("host", "content-length", "connection", "upgrade", "http2-settings")
              .contains(header.getKey().toLowerCase(Locale.ROOT))) {
            options.addHeader(header.getKey(), header.getValue());
          }
        });
    return options;
  }

  private record Answer(HttpClientResponse head, Buffer body) {}

  private void answer(HttpServerRequest request, Fault fault, Answer answer) {
    if (fault == Fault.RESET_AFTER) {
      request.connection().close();
    } else if (fault == Fault.SLOW) {
      VERTX.setTimer(Fault.DELAY.toMillis(), timer -> respond(request, answer));
    } else if (fault == Fault.SLUGGISH) {
      VERTX.setTimer(Fault.SHORT_DELAY.toMillis(), timer -> respond(request, answer));
    } else if (fault != Fault.HANG_AFTER) {
      respond(request, answer);
    }
  }

  private static void respond(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.head().statusCode());
    for (String header : List.of("Content-Type", "Retry-After")) {
      Optional.ofNullable(answer.head().getHeader(header))
          .ifPresent(value -> response.putHeader(header, value));
    }
    response.end(answer.body());
  }

  @Override
  public String describe() {
    return server.describe() + ", behind a proxy that fails at will";
  }

  @Override
  public boolean real() {
    return server.real();
  }

  @Override
  public Config config() {
    return server.config();
  }

  @Override
  public Config operatorConfig() {
    return new ConfigBuilder(server.operatorConfig())
        .withMasterUrl("http://127.0.0.1:" + proxy.actualPort() + "/")
        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
        .withConnectionTimeout(REQUEST_TIMEOUT_MILLIS)
        .build();
  }

  @Override
  public Optional<Path> kubeconfig() {
    return server.kubeconfig();
  }

  /** Ends the proxy; the server stays. */
  @Override
  public void close() {
    new ArrayList<>(watches).forEach(watch -> watch.end(Fault.WATCH_CLOSED));
    proxy.close().toCompletionStage().toCompletableFuture().join();
    upstream.close().toCompletionStage().toCompletableFuture().join();
  }
}
