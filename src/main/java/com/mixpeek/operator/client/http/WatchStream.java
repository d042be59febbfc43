package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** A watch as fabric8 knows it, a WebSocket that is only read: each line is a message. */
final class WatchStream implements WebSocket {

  private static final int NORMAL = 1000;

  /** Each watch keeps one: about as much as an event. */
  private static final int PIECE = 2 * 1024;

  private final ApacheRequest request;
  private final ClassicHttpResponse response;
  private final Listener listener;
  private volatile boolean closed;

  WatchStream(ApacheRequest request, ClassicHttpResponse response, Listener listener) {
    this.request = request;
    this.response = response;
    this.listener = listener;
  }

  /** Passes on what comes, until the API server ends the watch or it is closed here. */
  void run() {
    try {
      read(response.getEntity().getContent());
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        close();
        listener.onError(this, e);
        return;
      }
    }
    close();
    listener.onClose(this, NORMAL, "");
  }

  /** What does not end with its line was cut off, and is told again by the next watch. */
  private void read(InputStream in) throws IOException {
    byte[] piece = new byte[PIECE];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
      int start = 0;
      for (int at = 0; at < length; at++) {
        // No other character has this byte in UTF-8.
        if (piece[at] == '\n') {
          line.write(piece, start, at - start);
          start = at + 1;
          if (line.size() > 0) {
            listener.onMessage(this, line.toString(StandardCharsets.UTF_8));
          }
          line.reset();
        }
      }
      line.write(piece, start, length - start);
    }
  }

  /** Ends the connection: the rest of a response that does not end cannot be read. */
  void close() {
    closed = true;
    request.cancel();
  }

  @Override
  public boolean send(ByteBuffer buffer) {
    return false;
  }

  @Override
  public boolean sendClose(int code, String reason) {
    boolean first = !closed;
    close();
    return first;
  }

  @Override
  public long queueSize() {
    return 0;
  }

  /** The next message comes as soon as the one before was taken. */
  @Override
  public void request() {}
}
