package com.mixpeek.operator.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /livez}, {@code /readyz} and {@code /metrics} on one port. */
public final class HealthEndpoint implements AutoCloseable {

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final int NOT_ALLOWED = 405;
  private static final String TEXT = "text/plain; charset=utf-8";

  /** As long as a probe waits, and no longer than a scrape does. */
  private static final int REQUEST_SECONDS = 2;

  private static final int RESPONSE_SECONDS = 10;

  static {
    // Half a request, as a port scanner sends, would keep a thread for ever, and the next one the
    // other. The JDK's server has this setting only, for all of a process, and reads it once.
    System.setProperty("sun.net.httpserver.maxReqTime", String.valueOf(REQUEST_SECONDS));
    System.setProperty("sun.net.httpserver.maxRspTime", String.valueOf(RESPONSE_SECONDS));
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  /**
   * @param port the port on all addresses; 0 for any free one
   * @param unready says in a sentence why the operator is not ready, empty if it is
   * @param metrics gives the metrics in Prometheus' text format
   * @throws UncheckedIOException if the port is taken
   */
  public HealthEndpoint(int port, Supplier<Optional<String>> unready, Supplier<String> metrics) {
    try {
      server = HttpServer.create(new InetSocketAddress(port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Port %d for health and metrics cannot be opened: %s".formatted(port, e.getMessage()), e);
    }
    server.setExecutor(threads);
    server.createContext("/livez", exchange -> answer(exchange, OK, TEXT, "ok\n"));
    server.createContext(
        "/readyz",
        exchange -> {
          Optional<String> why = unready.get();
          answer(exchange, why.isEmpty() ? OK : UNAVAILABLE, TEXT, why.orElse("ok") + "\n");
        });
    server.createContext(
        "/metrics",
        exchange ->
            answer(exchange, OK, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(NOT_ALLOWED, -1);
        return;
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
