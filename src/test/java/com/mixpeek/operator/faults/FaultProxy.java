package com.mixpeek.operator.faults;

import com.mixpeek.operator.telemetry.ApiRequest;
import com.mixpeek.operator.testing.server.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * An API server through a proxy that fails what a test says: the operator's requests pass through
 * it, the test's own do not. Works in front of each server alike.
 */
final class FaultProxy implements ApiServer {

  /** Frames of a watch and bodies may be as large as what etcd holds. */
  static final int LARGEST = 16 * 1024 * 1024;

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
  private final WebSocketClient watching;
  private final HttpServer proxy;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Set<WatchRelay> watches = ConcurrentHashMap.newKeySet();

  /** The lists since the last watch of a path, for servers that replay no events. */
  private final Map<String, AtomicInteger> lists = new ConcurrentHashMap<>();

  /**
   * What passes: a request, or an event of a watch.
   *
   * @param event the event's JSON, null for a request
   */
  record Passing(ApiRequest request, String path, String body, String event) {

    /** Whether a resource of such a plural is concerned by that verb. */
    boolean is(String verb, String resource) {
      return request.verb().equals(verb) && request.resource().equals(resource);
    }

    /** Whether the text stands in path, body or event. */
    boolean names(String text) {
      return path.contains(text) || body.contains(text) || event != null && event.contains(text);
    }
  }

  private record Rule(Fault fault, Predicate<Passing> where, AtomicInteger left) {

    boolean takes(Passing passing) {
      return fault.ofEvents() == (passing.event() != null)
          && where.test(passing)
          && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  FaultProxy(ApiServer server) {
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
                .setMaxPoolSize(64));
    this.watching =
        VERTX.createWebSocketClient(
            new WebSocketClientOptions()
                .setDefaultHost(address.getHost())
                .setDefaultPort(address.getPort())
                .setSsl(address.getScheme().equals("https"))
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxConnections(1000)
                .setMaxFrameSize(LARGEST)
                .setMaxMessageSize(LARGEST));
    this.proxy =
        VERTX
            .createHttpServer(
                new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setSoLinger(0)
                    .setMaxWebSocketFrameSize(LARGEST)
                    .setMaxWebSocketMessageSize(LARGEST))
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /**
   * Lets a fault happen.
   *
   * @param times how often at most
   * @return ends it
   */
  AutoCloseable inject(Fault fault, int times, Predicate<Passing> where) {
    Rule rule = new Rule(fault, where, new AtomicInteger(times));
    rules.add(rule);
    return () -> rules.remove(rule);
  }

  /** Lets a fault happen until the handle is closed. */
  AutoCloseable inject(Fault fault, Predicate<Passing> where) {
    return inject(fault, Integer.MAX_VALUE, where);
  }

  /** Ends every fault. */
  void heal() {
    rules.clear();
  }

  /** Ends every watch in that way: closed, reset or gone. */
  void endWatches(Fault how) {
    List.copyOf(watches).forEach(watch -> watch.end(how));
  }

  /** How many watches are open. */
  int openWatches() {
    return watches.size();
  }

  Set<WatchRelay> watches() {
    return watches;
  }

  Vertx vertx() {
    return VERTX;
  }

  WebSocketClient upstream() {
    return watching;
  }

  /** The fault that happens to it, empty for none. */
  Optional<Fault> next(Passing passing) {
    return rules.stream().filter(rule -> rule.takes(passing)).map(Rule::fault).findFirst();
  }

  static Passing passing(String method, String uri, String body, String event) {
    return new Passing(ApiRequest.of(method, URI.create(uri)), uri, body, event);
  }

  /**
   * Whether a watch is opened again without a list before it, on a server that does not replay what
   * happened meanwhile: like a real one that has compacted its history, it says 410.
   */
  private boolean reconnects(String path) {
    AtomicInteger since = lists.computeIfAbsent(path, p -> new AtomicInteger());
    return !server.real() && since.getAndSet(0) == 0;
  }

  private void handle(HttpServerRequest request) {
    ApiRequest asked = passing(request.method().name(), request.uri(), "", null).request();
    if (asked.verb().equals("watch")) {
      request.pause();
      new WatchRelay(this, request)
          .start(
              reconnects(request.path())
                  ? Optional.of(Fault.WATCH_GONE)
                  : next(passing("GET", request.uri(), "", null)));
    } else {
      request.body().onSuccess(body -> handle(request, body));
    }
  }

  private void handle(HttpServerRequest request, Buffer body) {
    Passing passing = passing(request.method().name(), request.uri(), body.toString(), null);
    Fault fault = next(passing).orElse(null);
    if (fault == Fault.RESET_BEFORE) {
      request.connection().close();
    } else if (fault != null && fault.code() != 0) {
      refuse(request.response(), fault);
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

  private void forward(HttpServerRequest request, Buffer body, Passing passing, Fault fault) {
    RequestOptions options = new RequestOptions().setMethod(request.method()).setURI(request.uri());
    request
        .headers()
        .forEach(
            header -> {
              if (!Set.of("host", "content-length", "connection", "upgrade", "http2-settings")
                  .contains(header.getKey().toLowerCase(Locale.ROOT))) {
                options.addHeader(header.getKey(), header.getValue());
              }
            });
    upstream
        .request(options)
        .compose(sent -> sent.send(body))
        .compose(answer -> answer.body().map(text -> new Answer(answer, text)))
        .onSuccess(answer -> answer(request, passing, fault, answer))
        .onFailure(failure -> request.connection().close());
  }

  private record Answer(HttpClientResponse head, Buffer body) {}

  private void answer(HttpServerRequest request, Passing passing, Fault fault, Answer answer) {
    if (passing.request().verb().equals("list")) {
      lists.computeIfAbsent(request.path(), p -> new AtomicInteger()).incrementAndGet();
    }
    if (fault == Fault.RESET_AFTER) {
      request.connection().close();
    } else if (fault == Fault.SLOW) {
      VERTX.setTimer(Fault.DELAY.toMillis(), timer -> respond(request, answer));
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
        .withWatchReconnectInterval(50)
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
    watching.close().toCompletionStage().toCompletableFuture().join();
    upstream.close().toCompletionStage().toCompletableFuture().join();
  }
}
