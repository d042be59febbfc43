package com.mixpeek.operator.faults;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One watch through the proxy. All of it runs on the proxy's one thread. */
final class WatchRelay {

  private final FaultProxy proxy;
  private final HttpServerRequest request;
  private HttpClientResponse up;
  private boolean expired;
  private boolean ended;

  /** The versions that were told of, by UID. */
  private final Map<String, Long> versions = new HashMap<>();

  /** The latest of them all. */
  private long latest;

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
      case SLOW -> proxy.vertx().setTimer(Fault.DELAY.toMillis(), timer -> connectIfWanted());
      case RESET_BEFORE, RESET_AFTER -> request.connection().close();
      default -> FaultProxy.refuse(request.response(), fault.get());
    }
  }

  private void connectIfWanted() {
    if (!request.response().closed()) {
      connect();
    }
  }

  private void connect() {
    Optional<HttpClientResponse> opened = expired ? Optional.empty() : proxy.opened(request.path());
    if (opened.isPresent()) {
      accept(opened.get());
    } else {
      proxy
          .watch(request.uri(), request.headers())
          .onSuccess(this::accept)
          .onFailure(failure -> request.connection().close());
    }
  }

  private void accept(HttpClientResponse opened) {
    up = opened;
    HttpServerResponse down = request.response();
    if (up.statusCode() != HttpResponseStatus.OK.code()) {
      up.body().onSuccess(body -> down.setStatusCode(up.statusCode()).end(body));
      up.resume();
      return;
    }
    down.setChunked(true).putHeader("Content-Type", "application/json");
    down.closeHandler(closed -> endNow(Fault.WATCH_CLOSED));
    down.exceptionHandler(broken -> {});
    down.write("\n");
    proxy.watches().add(this);
    up.exceptionHandler(broken -> endNow(Fault.WATCH_CLOSED));
    up.endHandler(end -> endNow(Fault.WATCH_CLOSED));
    // It is not told of the end, at which it would hand on half a line.
    up.handler(RecordParser.newDelimited("\n", this::line));
    if (expired) {
      endNow(Fault.WATCH_GONE);
    } else {
      up.resume();
    }
  }

  private void line(Buffer text) {
    if (text.length() > 0 && !ended) {
      line(text.toString());
    }
  }

  private void line(String text) {
    if (proxy.real()) {
      event(text);
    } else {
      asReal(text).ifPresent(this::event);
    }
  }

  private void event(String text) {
    Optional<Fault> fault = proxy.faults().next(Faults.passing("GET", request.uri(), "", text));
    if (fault.isEmpty()) {
      pass(text, 0);
      return;
    }
    switch (fault.get()) {
      case EVENT_MISSED -> {}
      case EVENT_GARBLED -> {
        write("{");
        endNow(Fault.WATCH_CLOSED);
      }
      case EVENT_LATE -> pass(text, Fault.DELAY.toMillis());
      default -> endNow(fault.get());
    }
  }

  /**
   * The event as a real server would send it; empty where the client knows of it, or of something
   * later. The embedded server begins each watch with all that there is, whatever version the
   * client asks to begin at, and may come to it after it has told of changes. And it tells of a
   * deletion by the version that the object had, where a real one gives it a version of its own.
   */
  private Optional<String> asReal(String text) {
    JsonObject event = new JsonObject(text);
    JsonObject metadata = event.getJsonObject("object").getJsonObject("metadata");
    boolean deleted = event.getString("type").equals("DELETED");
    long version = Long.parseLong(metadata.getString("resourceVersion"));
    latest = Math.max(Math.max(latest, version), listed());
    Long told =
        versions.merge(metadata.getString("uid"), deleted ? Long.MAX_VALUE : version, Math::max);
    if (deleted) {
      metadata.put("resourceVersion", Long.toString(latest));
      return Optional.of(event.encode());
    }
    return version <= listed() || told > version ? Optional.empty() : Optional.of(text);
  }

  /** The version at which the client asks the watch to begin. */
  private long listed() {
    String version = request.getParam("resourceVersion");
    return version == null || version.isEmpty() ? 0 : Long.parseLong(version);
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
      request.response().write(text.replace('\n', ' ') + "\n");
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
    up.request().connection().close();
    request.response().end();
  }
}
