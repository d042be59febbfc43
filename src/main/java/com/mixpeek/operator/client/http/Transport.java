package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorShutdownException;

/**
 * Sends fabric8's requests by the clients of Apache HttpClient, with HTTP/1.1.
 *
 * <p>A request that writes runs in the thread that sends it, and its future is done when {@code
 * sendAsync} returns: whoever writes waits for the answer anyway, and a change of threads costs as
 * much CPU time as the request. Lists run in one of a few threads, as fabric8 goes from page to
 * page where the page before is read: with many namespaces hundreds of lists begin at once, and
 * each thread and its connection takes memory. What else reads has a thread of its own, as a lease
 * must not wait for lists to be renewed.
 *
 * <p>fabric8 opens watches as WebSockets. Here they are what they are without one, a response that
 * does not end, whose lines are the messages. One thread reads them all without waiting for any, so
 * that a silent watch takes little but its connection. Other WebSockets, as for {@code exec}, are
 * refused.
 */
final class Transport {

  private static final int LISTS = 8;

  /** Lists come all at once, and then none for long. */
  private static final int IDLE_SECONDS = 5;

  private final ApacheConnections connections;
  private final CloseableHttpClient requests;
  private final ThreadPoolExecutor lists;
  private final ThreadPoolExecutor others;
  private final Set<WatchStream> opening = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /** Null until the first watch: a command watches nothing. */
  private CloseableHttpAsyncClient watches;

  Transport(ApacheConnections connections) {
    this.connections = connections;
    requests = connections.requests();
    lists = threads(LISTS, LISTS, new LinkedBlockingQueue<>());
    lists.allowCoreThreadTimeOut(true);
    others = threads(0, Integer.MAX_VALUE, new SynchronousQueue<>());
  }

  private static ThreadPoolExecutor threads(int least, int most, BlockingQueue<Runnable> waiting) {
    return new ThreadPoolExecutor(
        least,
        most,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        waiting,
        new DefaultThreadFactory("api-server", true));
  }

  /** Ends what is going on too. */
  synchronized void close() {
    closed = true;
    requests.close(CloseMode.IMMEDIATE);
    // Those that wait fail by themselves now.
    lists.shutdownNow().forEach(Runnable::run);
    others.shutdownNow();
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
    ApacheRequest sent;
    try {
      sent = new ApacheRequest(request, timeout);
    } catch (IllegalArgumentException e) {
      head.completeExceptionally(e);
      return head;
    }
    cancelWith(head, sent);
    Runnable exchange = () -> exchange(request, sent, consumer, head);
    if (request.method().equals("GET")) {
      try {
        (isList(request) ? lists : others).execute(exchange);
      } catch (RejectedExecutionException e) {
        head.completeExceptionally(closed());
      }
    } else {
      exchange.run();
    }
    return head;
  }

  private static boolean isList(StandardHttpRequest request) {
    return !request.isForStreaming() && String.valueOf(request.uri().getQuery()).contains("limit=");
  }

  private void exchange(
      StandardHttpRequest request,
      ApacheRequest sent,
      AsyncBody.Consumer<List<ByteBuffer>> consumer,
      CompletableFuture<HttpResponse<AsyncBody>> head) {
    try {
      sent.begin();
      if (sent.isLarge()) {
        // No timeout is for writing, which waits for as long as the server does not read. It ends
        // with the answer, as it keeps all that is sent.
        head.copy()
            .orTimeout(sent.left(), TimeUnit.MILLISECONDS)
            .exceptionallyAsync(
                e -> {
                  cancel(sent, head);
                  return null;
                });
      }
      ClassicHttpResponse response = requests.executeOpen(sent.server(), sent, null);
      ApacheResponse<AsyncBody> received =
          new ApacheResponse<>(request, response, new ResponseBody(sent, response, consumer));
      if (sent.isLate() || !head.complete(received)) {
        received.body().cancel();
        throw new SocketTimeoutException("The answer came too late.");
      }
    } catch (IOException | RuntimeException | Error e) {
      head.completeExceptionally(
          sent.isLate() && !(e instanceof InterruptedIOException) ? tooLate(e) : e);
    }
  }

  private static void cancel(ApacheRequest sent, CompletableFuture<?> head) {
    if (!head.isDone()) {
      sent.cancel();
    }
  }

  private static IOException tooLate(Throwable cause) {
    IOException late = new SocketTimeoutException("The request took too long.");
    late.initCause(cause);
    return late;
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
              sent.server(),
              new BasicRequestProducer(sent, null),
              stream,
              null,
              ApacheConnections.knowing(stream),
              stream);
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
