package com.mixpeek.operator.testing.mixpeek;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeApi.Call;
import com.mixpeek.operator.testing.mixpeek.FakeApi.Response;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The part of the Mixpeek API that the operator uses, in memory and strict: what the description
 * does not know is refused, and so is who has no key. What it answers is held against the
 * description as well; {@link #violations} tells.
 */
public final class FakeMixpeek implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(1)
              .setInternalBlockingPoolSize(1));

  private final RemoteFaults faults = new RemoteFaults();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final AtomicInteger late = new AtomicInteger();
  private final Clock clock;
  private final FakeApi api;
  private final HttpServer server;

  /**
   * A request and what it was answered with.
   *
   * @param status 0 where no answer was sent
   */
  public record Exchange(Operation operation, String path, JsonNode body, int status) {}

  public FakeMixpeek() {
    this(Clock.systemUTC());
  }

  /**
   * @param clock the server's own, of which its answers and {@code created_at} tell
   */
  public FakeMixpeek(Clock clock) {
    this.clock = clock;
    this.api = new FakeApi(clock);
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Where it is. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** Takes requests with this key from now on. */
  public void allow(String key) {
    api.keys().add(key);
  }

  /** Takes none with it any more. */
  public void revoke(String key) {
    api.keys().remove(key);
  }

  /** Makes a namespace, which has the ID {@code ns_} and its name. */
  public void addNamespace(String name) {
    api.addNamespace(name);
  }

  /** With that key, another namespace has the name. */
  public void alias(String key, String name, String other) {
    api.alias(key, name, other);
  }

  /** Renames a namespace, which keeps its ID. */
  public void rename(String name, String other) {
    api.rename(name, other);
  }

  /** What a namespace has of a kind. */
  public FakeCatalog catalog(String namespace, CatalogKind<?, ?> kind) {
    return api.catalog(namespace, kind);
  }

  /** The switches. */
  public RemoteFaults faults() {
    return faults;
  }

  /** All that was asked so far, in order. */
  public List<Exchange> exchanges() {
    return exchanges;
  }

  /** Whether a request is still on its way that will take effect late. */
  public boolean isBusy() {
    return late.get() > 0;
  }

  /** In which answers it did not do as the description says. */
  public List<String> violations() {
    return violations;
  }

  private void handle(HttpServerRequest request, Buffer body) {
    Optional<RemoteRoute> route = RemoteRoute.of(request.method().name(), request.path());
    if (route.isEmpty()) {
      Response none = Response.error(404, "NotFoundError", "No such path");
      end(request.response(), none.status(), none.body().toString());
      return;
    }
    Map<String, String> query = new TreeMap<>();
    request.params().forEach(query::put);
    Call call =
        new Call(
            request.method().name(),
            request.path(),
            route.get(),
            query,
            request.getHeader("Authorization"),
            request.getHeader("X-Namespace"),
            json(body));
    RemoteFault fault = faults.next(route.get().operation()).orElse(null);
    if (fault == RemoteFault.LOST_BEFORE || fault == RemoteFault.HANG_BEFORE) {
      record(call, 0);
      if (fault == RemoteFault.LOST_BEFORE) {
        request.connection().close();
      }
    } else if (fault == RemoteFault.LATE_INVALID) {
      late.incrementAndGet();
      vertx.setTimer(
          RemoteFault.LATE_REFUSAL.toMillis(),
          timer -> {
            late.decrementAndGet();
            record(call, fault.status());
            refuse(call, fault, request.response());
          });
    } else if (fault != null && fault.status() != 0 && !fault.takesEffect()) {
      record(call, fault.status());
      refuse(call, fault, request.response());
    } else if (fault == RemoteFault.LATE || fault == RemoteFault.VERY_LATE) {
      late.incrementAndGet();
      vertx.setTimer(
          (fault == RemoteFault.LATE ? RemoteFault.LATENESS : RemoteFault.VERY_LATELY).toMillis(),
          timer -> {
            Response response = api.respond(call);
            late.decrementAndGet();
            answer(call, null, response, request);
          });
    } else {
      if (fault == RemoteFault.NAME_APPEARS
          && (call.route().operation() == Operation.CREATE
              || call.route().operation() == Operation.CLONE)) {
        rival(call);
      }
      answer(call, fault, api.respond(call), request);
    }
  }

  /** Has somebody else make one of the same name, which is not quite the same. */
  private void rival(Call call) {
    ObjectNode body = call.body().deepCopy();
    api.respond(call.with(body.put("description", "of somebody else")));
  }

  private void answer(Call call, RemoteFault fault, Response response, HttpServerRequest request) {
    api.violations(call, response)
        .forEach(wrong -> violations.add(call.method() + " " + call.path() + ": " + wrong));
    String text = response.body().toString();
    HttpServerResponse http = request.response();
    if (fault == null || fault == RemoteFault.NAME_APPEARS) {
      record(call, response.status());
      end(http, response.status(), text);
      return;
    }
    record(call, 0);
    switch (fault) {
      case LOST_AFTER -> request.connection().close();
      case SLOW, ANSWERED_LATE ->
          vertx.setTimer(
              (fault == RemoteFault.SLOW ? RemoteFault.DELAY : RemoteFault.LONG_DELAY).toMillis(),
              timer -> end(http, response.status(), text));
      case BAD_GATEWAY_AFTER, INVALID_ANSWER, EMPTY_AFTER, OTHER_NAMED -> refuse(call, fault, http);
      case CUT_SHORT ->
          http.putHeader("Content-Length", Integer.toString(text.length()))
              .write(text.substring(0, text.length() / 2))
              .onSuccess(written -> request.connection().close());
      default -> {
        // Nothing is answered.
      }
    }
  }

  private void refuse(Call call, RemoteFault fault, HttpServerResponse response) {
    if (fault == RemoteFault.THROTTLED_LONG) {
      response.putHeader("Retry-After", "3600");
    } else if (fault == RemoteFault.THROTTLED_ZERO) {
      response.putHeader("Retry-After", "0");
    } else if (fault == RemoteFault.THROTTLED_FOR || fault == RemoteFault.UNAVAILABLE) {
      response.putHeader("Retry-After", Integer.toString(RemoteFault.RETRY_AFTER));
    } else if (fault == RemoteFault.THROTTLED_UNTIL) {
      Instant until = clock.instant().plusSeconds(RemoteFault.RETRY_AFTER);
      response.putHeader("Retry-After", date(until));
    }
    end(response, fault.status(), fault.body(call.key()));
  }

  private void record(Call call, int status) {
    exchanges.add(new Exchange(call.route().operation(), call.path(), call.body(), status));
  }

  /** Says nothing to who has given up meanwhile. */
  private void end(HttpServerResponse response, int status, String body) {
    if (response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", body.startsWith("<") ? "text/html" : "application/json")
        .putHeader("Date", date(clock.instant()))
        .end(body);
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC));
  }

  /** A text that is no JSON is of no type that the description knows. */
  private static JsonNode json(Buffer body) {
    try {
      return body.length() == 0 ? MissingNode.getInstance() : JSON.readTree(body.toString());
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.textNode("");
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
