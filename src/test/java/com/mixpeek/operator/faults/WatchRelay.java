package com.mixpeek.operator.faults;

import com.mixpeek.operator.faults.FaultProxy.Passing;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.Optional;

/** One watch through the proxy. All of it runs on the proxy's one thread. */
final class WatchRelay {

  private static final int BAD_GATEWAY = 502;

  private final FaultProxy proxy;
  private final Passing open;
  private final ServerWebSocketHandshake handshake;
  private ServerWebSocket down;
  private WebSocket up;
  private boolean ended;

  /** When the last event is due: none overtakes another. */
  private long due;

  WatchRelay(FaultProxy proxy, Passing open, ServerWebSocketHandshake handshake) {
    this.proxy = proxy;
    this.open = open;
    this.handshake = handshake;
  }

  /** Opens it at the server, or has the fault happen instead. */
  void start(Optional<Fault> fault) {
    if (fault.isEmpty()) {
      connect();
      return;
    }
    switch (fault.get()) {
      case HANG_BEFORE, HANG_AFTER -> {}
      case SLOW -> proxy.vertx().setTimer(Fault.DELAY.toMillis(), timer -> connect());
      case RESET_BEFORE, RESET_AFTER -> handshake.reject(BAD_GATEWAY);
      default -> handshake.reject(fault.get().code());
    }
  }

  private void connect() {
    WebSocketConnectOptions options = new WebSocketConnectOptions().setURI(handshake.uri());
    for (String header : List.of("Authorization", "Origin")) {
      Optional.ofNullable(handshake.headers().get(header))
          .ifPresent(value -> options.addHeader(header, value));
    }
    proxy
        .upstream()
        .connect(options)
        .onSuccess(
            socket -> {
              up = socket;
              up.pause();
              handshake.accept().onSuccess(this::relay).onFailure(gone -> up.close());
            })
        .onFailure(
            failure ->
                handshake.reject(
                    failure instanceof UpgradeRejectedException refused
                        ? refused.getStatus()
                        : BAD_GATEWAY));
  }

  private void relay(ServerWebSocket socket) {
    down = socket;
    proxy.watches().add(this);
    up.textMessageHandler(this::event);
    up.binaryMessageHandler(bytes -> event(bytes.toString()));
    up.closeHandler(closed -> endNow(Fault.WATCH_CLOSED));
    down.closeHandler(closed -> endNow(Fault.WATCH_CLOSED));
    down.exceptionHandler(broken -> endNow(Fault.WATCH_CLOSED));
    up.resume();
  }

  private void event(String text) {
    Optional<Fault> fault = proxy.next(FaultProxy.passing("GET", open.path(), "", text));
    if (fault.isEmpty()) {
      pass(text, 0);
      return;
    }
    switch (fault.get()) {
      case EVENT_MISSED -> {}
      case EVENT_LATE -> pass(text, Fault.DELAY.toMillis());
      default -> end(fault.get());
    }
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
      down.writeTextMessage(text);
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
    down.close();
  }
}
