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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorShutdownException;

/**
 * Sends fabric8's requests by the clients of Apache HttpClient, with HTTP/1.1.
 *
 * <p>A request that writes runs in the thread that sends it, and its future is done when {@code
 * sendAsync} returns: whoever writes waits for the answer anyway, and a change of threads costs as
 * much CPU time as the request. What reads runs in one of a few threads, as fabric8 goes from page
 * to page of a list where the page before is read: with many namespaces hundreds of lists begin at
 * once, and each thread and its connection takes memory.
 *
 * <p>fabric8 opens watches as WebSockets. Here they are what they are without one, a response that
 * does not end, whose lines are the messages. One thread reads them all without waiting for any, so
 * that a silent watch takes little but its connection. Other WebSockets, as for {@code exec}, are
 * refused.
 */
final class Transport {

  private static final int READERS = 8;

  /** Lists come all at once, and then none for long. */
  private static final int IDLE_SECONDS = 5;

  private final ApacheConnections connections;
  private final CloseableHttpClient requests;
  private final ThreadPoolExecutor readers;
  private final ThreadFactory streams = Utils.daemonThreadFactory("api-server-stream");
  private final Set<WatchStream> opening = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /** Null until the first watch: a command watches nothing. */
  private CloseableHttpAsyncClient watches;

  Transport(ApacheConnections connections) {
    this.connections = connections;
    requests = connections.requests();
    readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Utils.daemonThreadFactory("api-server"));
    readers.allowCoreThreadTimeOut(true);
  }

  /** Ends what is going on too. */
  synchronized void close() {
    closed = true;
    requests.close(CloseMode.IMMEDIATE);
    // Those that wait fail by themselves now.
    readers.shutdownNow().forEach(Runnable::run);
    if (watches != null) {
      watches.close(CloseMode.IMMEDIATE);
    }
    // It tells none of those that wait.
    opening.forEach(watch -> watch.refuse(closed()));
  }

  private static IOException closed() {
    return new IOException("The client is closed.");
  }

  private synchronized CloseableHttpAsyncClient watches() throws IOException {
    if (closed) {
      throw closed();
    }
    if (watches == null) {
      watches = connections.watches();
    }
    return watches;
  }

  /** Its thread has ended, as by an interrupt that was meant for what it called. */
  private synchronized void renew(CloseableHttpAsyncClient broken) {
    broken.close(CloseMode.IMMEDIATE);
    if (watches == broken) {
      watches = null;
    }
  }

  CompletableFuture<HttpResponse<AsyncBody>> send(
      StandardHttpRequest request,
      Duration timeout,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    CompletableFuture<HttpResponse<AsyncBody>> head = new CompletableFuture<>();
    if (request.method().equals("GET")) {
      read(request, () -> exchange(request, timeout, consumer, head), head);
    } else {
      exchange(request, timeout, consumer, head);
    }
    return head;
  }

  private void read(StandardHttpRequest request, Runnable exchange, CompletableFuture<?> head) {
    if (request.isForStreaming()) {
      // It may never end, and is to keep no list waiting.
      streams.newThread(exchange).start();
      return;
    }
    try {
      readers.execute(exchange);
    } catch (RejectedExecutionException e) {
      head.completeExceptionally(new IOException("The client is closed.", e));
    }
  }

  private void exchange(
      StandardHttpRequest request,
      Duration timeout,
      AsyncBody.Consumer<List<ByteBuffer>> consumer,
      CompletableFuture<HttpResponse<AsyncBody>> head) {
    try {
      ApacheRequest sent = new ApacheRequest(request, timeout);
      cancelWith(head, sent);
      ClassicHttpResponse response = requests.executeOpen(sent.server(), sent, null);
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
    ApacheRequest sent;
    try {
      sent = new ApacheRequest(request, Duration.ZERO);
    } catch (IllegalArgumentException e) {
      opened.completeExceptionally(e);
      return opened;
    }
    WatchStream stream = new WatchStream(request, sent, listener, opened);
    cancelWith(opened, sent);
    opening.add(stream);
    opened.whenComplete((response, e) -> opening.remove(stream));
    if (request.getTimeout() != null && !request.getTimeout().isZero()) {
      // Of the head alone: what follows may be silent for long.
      opened
          .copy()
          .orTimeout(request.getTimeout().toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(
              e -> {
                if (stream.refuse(
                    new SocketTimeoutException("The watch was not opened in time."))) {
                  sent.cancel();
                }
                return null;
              });
    }
    try {
      CloseableHttpAsyncClient client = watches();
      Future<Void> exchange =
          client.execute(
              sent.server(), new BasicRequestProducer(sent, null), stream, null, null, stream);
      sent.setDependency(() -> exchange.cancel(true));
      opened.whenComplete(
          (response, e) -> {
            if (e != null && e.getCause() instanceof IOReactorShutdownException) {
              renew(client);
            }
          });
    } catch (IOException e) {
      stream.refuse(e);
    }
    return opened;
  }

  private static void cancelWith(CompletableFuture<?> future, ApacheRequest sent) {
    future.whenComplete(
        (response, e) -> {
          if (future.isCancelled()) {
            sent.cancel();
          }
        });
  }
}
