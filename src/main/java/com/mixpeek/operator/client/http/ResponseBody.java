package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/** The body of a response, read piece by piece in the thread that asks for the next. */
final class ResponseBody implements AsyncBody {

  /** Each thread keeps one: more than most answers to a write. */
  private static final int PIECE = 4 * 1024;

  private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[PIECE]);

  private final ApacheRequest request;
  private final ClassicHttpResponse response;
  private final Consumer<List<ByteBuffer>> consumer;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /** Some entities begin anew each time they are asked for it. */
  private InputStream content;

  /** How many pieces are asked for; whoever asks for the first reads for the others too. */
  private final AtomicInteger wanted = new AtomicInteger();

  ResponseBody(
      ApacheRequest request, ClassicHttpResponse response, Consumer<List<ByteBuffer>> consumer) {
    this.request = request;
    this.response = response;
    this.consumer = consumer;
  }

  /**
   * A consumer asks for the next piece while it is given one, which must not go deeper and deeper.
   */
  @Override
  public void consume() {
    if (wanted.getAndIncrement() > 0) {
      return;
    }
    do {
      if (!done.isDone()) {
        next();
      }
    } while (wanted.decrementAndGet() > 0);
  }

  private void next() {
    try {
      ByteBuffer piece = read();
      if (piece == null) {
        response.close();
        done.complete(null);
      } else {
        consumer.consume(List.of(piece), this);
      }
    } catch (Exception | Error e) {
      request.cancel();
      done.completeExceptionally(e);
    }
  }

  /** Pieces are kept by whoever is given them: each has memory of its own, and no more of it. */
  private ByteBuffer read() throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return null;
    }
    if (content == null) {
      content = entity.getContent();
    }
    if (request.isLate()) {
      throw new SocketTimeoutException("The answer was not read in time.");
    }
    byte[] buffer = BUFFER.get();
    int length = content.read(buffer);
    return length < 0 ? null : ByteBuffer.wrap(Arrays.copyOf(buffer, length));
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void cancel() {
    if (done.cancel(false)) {
      request.cancel();
    }
  }
}
