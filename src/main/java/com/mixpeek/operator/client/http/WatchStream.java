package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.ByteArrayBuffer;

/**
 * A watch as fabric8 knows it, a WebSocket that is only read: each line is a message. All of it
 * runs in the thread that reads all watches.
 */
final class WatchStream implements WebSocket, AsyncResponseConsumer<Void>, FutureCallback<Void> {

  private static final int NORMAL = 1000;
  private static final int UNAVAILABLE = 503;
  private static final int LINE = 2 * 1024;

  private final StandardHttpRequest asked;
  private final ApacheRequest request;
  private final Listener listener;
  private final CompletableFuture<WebSocketResponse> opened;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean open;
  private volatile boolean closed;
  private volatile Runnable connection;

  /** What came of the next message; null between two, when a watch is to keep nothing. */
  private ByteArrayBuffer line;

  private FutureCallback<Void> done;

  WatchStream(
      StandardHttpRequest asked,
      ApacheRequest request,
      Listener listener,
      CompletableFuture<WebSocketResponse> opened) {
    this.asked = asked;
    this.request = request;
    this.listener = listener;
    this.opened = opened;
  }

  @Override
  public void consumeResponse(
      HttpResponse response, EntityDetails body, HttpContext context, FutureCallback<Void> done) {
    this.done = done;
    int code = response.getCode();
    if (code == UNAVAILABLE) {
      // By its code fabric8 would go on without its WebSocket, too.
      refuse(new IOException("The API server cannot be watched: HTTP status " + UNAVAILABLE));
    } else if (!io.fabric8.kubernetes.client.http.HttpResponse.isSuccessful(code)) {
      opened.complete(
          new WebSocketResponse(
              ApacheResponse.upgrade(asked, response), new IOException("HTTP status " + code)));
    } else {
      open = true;
      listener.onOpen(this);
      if (opened.complete(new WebSocketResponse(ApacheResponse.upgraded(asked, response), this))) {
        return;
      }
    }
    close();
  }

  /**
   * What does not end with its line was cut off, and is told again by the next watch. What comes
   * after the end, as why a watch was refused, is nothing that happened.
   */
  @Override
  public void consume(ByteBuffer bytes) throws IOException {
    if (closed) {
      throw new IOException("The watch is closed.");
    }
    int end = bytes.limit();
    for (int at = bytes.position(); at < end && !closed; at++) {
      // No other character has this byte in UTF-8.
      if (bytes.get(at) == '\n') {
        append(bytes, at);
        bytes.position(at + 1);
        message();
      }
    }
    if (closed) {
      bytes.position(end);
    } else if (bytes.hasRemaining()) {
      append(bytes, end);
    }
  }

  private void append(ByteBuffer bytes, int end) {
    if (line == null) {
      line = new ByteArrayBuffer(LINE);
    }
    line.append(bytes.slice(bytes.position(), end - bytes.position()));
    bytes.position(end);
  }

  private void message() {
    String text = new String(line.array(), 0, line.length(), StandardCharsets.UTF_8);
    line = null;
    if (text.isEmpty()) {
      return;
    }
    try {
      listener.onMessage(this, text);
    } catch (Error e) {
      // Nothing would read any watch any more.
      throw new IllegalStateException("An event was not taken.", e);
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    end(null);
    done.completed(null);
  }

  /** Is told of what was closed here too, and twice of some. */
  @Override
  public void failed(Exception cause) {
    if (!refuse(cause)) {
      end(cause);
    }
  }

  @Override
  public void cancelled() {
    failed(new IOException("The watch was closed."));
  }

  @Override
  public void completed(Void end) {}

  /**
   * Tells fabric8 that the watch could not be opened, in the one way by which it does not go on
   * without its WebSocket, by code that reads no text but ASCII and gives up no answer.
   */
  boolean refuse(Exception cause) {
    return opened.completeExceptionally(
        new KubernetesClientException("A watch could not be opened: " + cause, cause));
  }

  private void end(Exception cause) {
    if (!open || !ended.compareAndSet(false, true)) {
      return;
    }
    boolean regular = cause == null || closed;
    closed = true;
    if (regular) {
      listener.onClose(this, NORMAL, "");
    } else {
      listener.onError(this, cause);
    }
  }

  /** Ends the connection: the rest of a response that does not end cannot be read. */
  private void close() {
    closed = true;
    request.cancel();
    hangUp();
  }

  /** How to end the connection, known as soon as there is one; ended at once where it is late. */
  void runsOn(Runnable hangUp) {
    connection = hangUp;
    if (closed) {
      hangUp();
    }
  }

  private void hangUp() {
    Runnable known = connection;
    if (known != null) {
      known.run();
    }
  }

  @Override
  public boolean sendClose(int code, String reason) {
    boolean first = !closed;
    close();
    return first;
  }

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  @Override
  public void releaseResources() {}

  @Override
  public boolean send(ByteBuffer buffer) {
    return false;
  }

  @Override
  public long queueSize() {
    return 0;
  }

  /** The next message comes as soon as the one before was taken. */
  @Override
  public void request() {}
}
