package com.mixpeek.operator.testing.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;

/**
 * Passes requests on to fabric8's server, which knows watches as WebSockets alone, and answers a
 * watch as API servers do, by a response that does not end.
 */
final class WatchGateway implements AutoCloseable {

  /** As large as what etcd holds, and more. */
  private static final int LARGEST = 16 * 1024 * 1024;

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(1)
              .setInternalBlockingPoolSize(1));

  private final HttpClient requests;
  private final WebSocketClient watches;
  private final HttpServer server;

  WatchGateway(int port) {
    requests =
        vertx.createHttpClient(new HttpClientOptions().setDefaultPort(port).setMaxPoolSize(64));
    watches =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setDefaultPort(port)
                .setMaxConnections(1000)
                .setMaxFrameSize(LARGEST)
                .setMaxMessageSize(LARGEST));
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
            .requestHandler(this::handle)
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  private void handle(HttpServerRequest request) {
    if (String.valueOf(request.query()).contains("watch=true")) {
      watch(request);
    } else {
      request.body().onSuccess(body -> pass(request, body));
    }
  }

  private void pass(HttpServerRequest request, Buffer body) {
    RequestOptions options = new RequestOptions().setMethod(request.method()).setURI(request.uri());
    request.headers().forEach(header -> options.addHeader(header.getKey(), header.getValue()));
    requests
        .request(options)
        .compose(sent -> sent.send(body))
        .compose(answer -> answer.body().map(text -> new Answer(answer, text)))
        .onSuccess(
            answer -> {
              HttpServerResponse response = request.response();
              response.setStatusCode(answer.head().statusCode());
              answer.head().headers().forEach(h -> response.putHeader(h.getKey(), h.getValue()));
              response.end(answer.body());
            })
        .onFailure(failure -> request.connection().close());
  }

  private record Answer(HttpClientResponse head, Buffer body) {}

  private void watch(HttpServerRequest request) {
    request.pause();
    watches
        .connect("localhost", request.uri())
        .onSuccess(socket -> relay(socket, request))
        .onFailure(
            failure -> {
              if (failure instanceof UpgradeRejectedException refused) {
                request.response().setStatusCode(refused.getStatus()).end(refused.getBody());
              } else {
                request.connection().close();
              }
            });
  }

  private static void relay(WebSocket socket, HttpServerRequest request) {
    HttpServerResponse response = request.response().setChunked(true);
    response.putHeader("Content-Type", "application/json");
    response.closeHandler(closed -> socket.close());
    response.exceptionHandler(broken -> socket.close());
    socket.textMessageHandler(text -> response.write(text.replace('\n', ' ') + "\n"));
    socket.closeHandler(closed -> response.end());
    // Until something is written, nobody is told that the watch is open.
    response.write("\n");
    request.resume();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
