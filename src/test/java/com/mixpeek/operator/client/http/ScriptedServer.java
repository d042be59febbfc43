package com.mixpeek.operator.client.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers each request with the bytes that a test says, when it says so. */
final class ScriptedServer implements AutoCloseable {

  private final ServerSocket socket;
  private final Script script;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** What a test does with a request; returning, it waits for the next on that connection. */
  @FunctionalInterface
  interface Script {

    void answer(String request, OutputStream out) throws Exception;
  }

  ScriptedServer(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  ScriptedServer(ServerSocket socket, Script script) {
    this.socket = socket;
    this.script = script;
    threads.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** How often somebody connected. */
  int connections() {
    return connections.size();
  }

  /** The heads of the requests so far. */
  List<String> requests() {
    return requests;
  }

  /** A whole answer. */
  static byte[] answer(int code, String body, String... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String lines = String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList());
    String head =
        "HTTP/1.1 %d X\r\nContent-Length: %d\r\n%s\r\n".formatted(code, bytes.length, lines);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    all.writeBytes(bytes);
    return all.toByteArray();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      for (String head = head(connection); head != null; head = head(connection)) {
        requests.add(head);
        script.answer(head, connection.getOutputStream());
      }
    } catch (Exception e) {
      // The client, or the script, has ended the connection.
    }
  }

  /** The head of a request, whose body is read too. */
  private static String head(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    for (String line : head.toString().split("\r\n")) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        in.readNBytes(Integer.parseInt(line.substring(line.indexOf(':') + 1).trim()));
      }
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
  }
}
