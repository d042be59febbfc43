package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.utils.Utils;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.io.CloseMode;

/**
 * Sends fabric8's requests by the blocking client of Apache HttpClient, with HTTP/1.1.
 *
 * <p>A request that writes runs in the thread that sends it, and its future is done when {@code
 * sendAsync} returns: whoever writes waits for the answer anyway, and a change of threads costs as
 * much CPU time as the request. What reads runs in a thread of its own, as fabric8 goes from page
 * to page of a list where the page before is read.
 *
 * <p>fabric8 opens watches as WebSockets. Here they are what they are without one, a response that
 * does not end, whose lines are the messages. Other WebSockets, as for {@code exec}, are refused.
 */
final class Transport {

  private static final int UNAVAILABLE = 503;

  private final CloseableHttpClient http;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Utils.daemonThreadFactory("api-server"));

  Transport(CloseableHttpClient http) {
    this.http = http;
  }

  /** Ends what is going on too. */
  void close() {
    http.close(CloseMode.IMMEDIATE);
    threads.shutdownNow();
  }

  CompletableFuture<HttpResponse<AsyncBody>> send(
      StandardHttpRequest request,
      Duration timeout,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    CompletableFuture<HttpResponse<AsyncBody>> head = new CompletableFuture<>();
    if (request.method().equals("GET")) {
      inThread(head, () -> exchange(request, timeout, consumer, head));
    } else {
      exchange(request, timeout, consumer, head);
    }
    return head;
  }

  private void exchange(
      StandardHttpRequest request,
      Duration timeout,
      AsyncBody.Consumer<List<ByteBuffer>> consumer,
      CompletableFuture<HttpResponse<AsyncBody>> head) {
    ApacheRequest sent = new ApacheRequest(request, timeout);
    cancelWith(head, sent);
    try {
      ClassicHttpResponse response = http.executeOpen(sent.server(), sent, null);
      ApacheResponse<AsyncBody> received =
          new ApacheResponse<>(request, response, new ResponseBody(sent, response, consumer));
      if (!head.complete(received)) {
        received.body().cancel();
      }
    } catch (IOException | RuntimeException e) {
      head.completeExceptionally(e);
    }
  }

  CompletableFuture<WebSocketResponse> watch(
      StandardHttpRequest request, WebSocket.Listener listener) {
    CompletableFuture<WebSocketResponse> opened = new CompletableFuture<>();
    if (!String.valueOf(request.uri().getQuery()).contains("watch=true")) {
      opened.completeExceptionally(
          new UnsupportedOperationException(
              "This client opens no WebSockets but watches: " + request.uri()));
      return opened;
    }
    ApacheRequest sent = new ApacheRequest(request, Duration.ZERO);
    cancelWith(opened, sent);
    if (request.getTimeout() != null && !request.getTimeout().isZero()) {
      // Of the head alone: what follows may be silent for long.
      opened
          .copy()
          .orTimeout(request.getTimeout().toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(
              e -> {
                if (opened.completeExceptionally(
                    new SocketTimeoutException("The watch was not opened in time."))) {
                  sent.cancel();
                }
                return null;
              });
    }
    inThread(opened, () -> read(request, sent, listener, opened));
    return opened;
  }

  private void read(
      StandardHttpRequest request,
      ApacheRequest sent,
      WebSocket.Listener listener,
      CompletableFuture<WebSocketResponse> opened) {
    try {
      ClassicHttpResponse response = http.executeOpen(sent.server(), sent, null);
      WatchStream stream = new WatchStream(sent, response, listener);
      if (response.getCode() == UNAVAILABLE) {
        stream.close();
        // By its code fabric8 would go on without its WebSocket, by code that reads no text but
        // ASCII.
        throw new IOException("The API server cannot be watched: HTTP status " + UNAVAILABLE);
      }
      if (!HttpResponse.isSuccessful(response.getCode())) {
        stream.close();
        opened.complete(
            new WebSocketResponse(
                ApacheResponse.upgrade(request, response),
                new IOException("HTTP status " + response.getCode())));
        return;
      }
      listener.onOpen(stream);
      if (opened.complete(
          new WebSocketResponse(ApacheResponse.upgraded(request, response), stream))) {
        stream.run();
      } else {
        stream.close();
      }
    } catch (IOException | RuntimeException e) {
      opened.completeExceptionally(e);
    }
  }

  private static void cancelWith(CompletableFuture<?> future, ApacheRequest sent) {
    future.whenComplete(
        (response, e) -> {
          if (future.isCancelled()) {
            sent.cancel();
          }
        });
  }

  private void inThread(CompletableFuture<?> future, Runnable work) {
    try {
      threads.execute(work);
    } catch (RuntimeException e) {
      future.completeExceptionally(new IOException("The client is closed.", e));
    }
  }
}
