package com.mixpeek.operator.faults;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One watch through the proxy, a WebSocket from the server and a response that does not end to the
 * client. All of it runs on the proxy's one thread.
 */
final class WatchRelay {

  private final FaultProxy proxy;
  private final HttpServerRequest request;
  private Consumer<String> down;
  private Runnable hangUp;
  private WebSocket up;
  private boolean expired;
  private boolean ended;

  /** The versions that were told of, by UID. */
  private final Map<String, Long> versions = new HashMap<>();

  /** When the last event is due: none overtakes another. */
  private long due;

  WatchRelay(FaultProxy proxy, HttpServerRequest request) {
    this.proxy = proxy;
    this.request = request;
  }

  /** Opens it at the server, or has the fault happen instead. */
  void start(Optional<Fault> fault) {
    if (fault.isEmpty()) {
      connect();
      return;
    }
    switch (fault.get()) {
      case HANG_BEFORE, HANG_AFTER -> {}
      case WATCH_GONE -> {
        expired = true;
        connect();
      }
      case SLOW -> proxy.vertx().setTimer(Fault.DELAY.toMillis(), timer -> connect());
      case RESET_BEFORE, RESET_AFTER -> request.connection().close();
      default -> FaultProxy.refuse(request.response(), fault.get());
    }
  }

  private void connect() {
    Optional<WebSocket> opened = expired ? Optional.empty() : proxy.opened(request.path());
    if (opened.isPresent()) {
      accept(opened.get());
      return;
    }
    WebSocketConnectOptions options = new WebSocketConnectOptions().setURI(request.uri());
    for (String header : List.of("Authorization", "Origin")) {
      Optional.ofNullable(request.getHeader(header)).ifPresent(v -> options.addHeader(header, v));
    }
    proxy.upstream().connect(options).onSuccess(this::accept).onFailure(this::reject);
  }

  private void accept(WebSocket socket) {
    up = socket;
    up.pause();
    HttpServerResponse response = request.response();
    response.setChunked(true).putHeader("Content-Type", "application/json");
    response.closeHandler(closed -> endNow(Fault.WATCH_CLOSED));
    response.exceptionHandler(broken -> {});
    response.write("\n");
    relay(text -> response.write(text.replace('\n', ' ') + "\n"), response::end);
  }

  private void reject(Throwable failure) {
    if (failure instanceof UpgradeRejectedException refused) {
      request.response().setStatusCode(refused.getStatus()).end(refused.getBody());
    } else {
      request.connection().close();
    }
  }

  private void relay(Consumer<String> write, Runnable close) {
    down = write;
    hangUp = close;
    proxy.watches().add(this);
    up.textMessageHandler(this::event);
    up.binaryMessageHandler(bytes -> event(bytes.toString()));
    up.closeHandler(closed -> endNow(Fault.WATCH_CLOSED));
    if (expired) {
      endNow(Fault.WATCH_GONE);
    } else {
      up.resume();
    }
  }

  private void event(String text) {
    if (!proxy.real() && isStale(text)) {
      return;
    }
    Optional<Fault> fault = proxy.faults().next(Faults.passing("GET", request.uri(), "", text));
    if (fault.isEmpty()) {
      pass(text, 0);
      return;
    }
    switch (fault.get()) {
      case EVENT_MISSED -> {}
      case EVENT_LATE -> pass(text, Fault.DELAY.toMillis());
      default -> endNow(fault.get());
    }
  }

  /**
   * Whether something later was told of the object. The embedded server begins each watch with all
   * that there is, and may come to it after it has told of changes.
   */
  private boolean isStale(String text) {
    JsonObject event = new JsonObject(text);
    JsonObject metadata = event.getJsonObject("object").getJsonObject("metadata");
    long version =
        event.getString("type").equals("DELETED")
            ? Long.MAX_VALUE
            : Long.parseLong(metadata.getString("resourceVersion"));
    Long told = versions.get(metadata.getString("uid"));
    versions.merge(metadata.getString("uid"), version, Math::max);
    return told != null && told > version;
  }

  private void pass(String text, long delay) {
    long now = System.currentTimeMillis();
    if (delay == 0 && due <= now) {
      write(text);
      return;
    }
    due = Math.max(due + 1, now + delay);
    proxy.vertx().setTimer(due - now, timer -> write(text));
  }

  private void write(String text) {
    if (!ended) {
      down.accept(text);
    }
  }

  /** Ends it in that way. */
  void end(Fault how) {
    proxy.vertx().runOnContext(on -> endNow(how));
  }

  private void endNow(Fault how) {
    if (ended) {
      return;
    }
    if (how == Fault.WATCH_GONE) {
      write("{\"type\": \"ERROR\", \"object\": " + Fault.GONE.body() + "}");
    }
    ended = true;
    proxy.watches().remove(this);
    up.close();
    hangUp.run();
  }
}
