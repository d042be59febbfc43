package com.mixpeek.operator.client.http;

import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Is found by fabric8's client as the one implementation on the class path. */
public final class ApacheHttpClientFactory implements HttpClient.Factory {

  @Override
  public ClientBuilder newBuilder() {
    return new ClientBuilder(this);
  }

  static final class ClientBuilder
      extends StandardHttpClientBuilder<Client, ApacheHttpClientFactory, ClientBuilder> {

    private ClientBuilder(ApacheHttpClientFactory factory) {
      super(factory);
    }

    @Override
    public HttpClient build() {
      return client == null
          ? new Client(this, new Transport(new ApacheConnections(this)), new AtomicBoolean())
          : new Client(this, client.transport, client.getClosed());
    }

    @Override
    protected ClientBuilder newInstance(ApacheHttpClientFactory factory) {
      return new ClientBuilder(factory);
    }
  }

  /** Clients that are derived from each other share connections, and are closed together. */
  static final class Client
      extends StandardHttpClient<Client, ApacheHttpClientFactory, ClientBuilder> {

    private final Transport transport;

    private Client(ClientBuilder builder, Transport transport, AtomicBoolean closed) {
      super(builder, closed);
      this.transport = transport;
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
        StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
      CompletableFuture<HttpResponse<AsyncBody>> head =
          transport.send(request, timeout(request), consumer);
      // fabric8 7.6.1 tells of it only where it tries again itself.
      head.whenComplete((response, e) -> failed(request, e));
      return head;
    }

    private void failed(StandardHttpRequest request, Throwable e) {
      if (e != null) {
        builder.getInterceptors().values().forEach(i -> i.afterConnectionFailure(request, e));
      }
    }

    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
        StandardWebSocketBuilder builder, WebSocket.Listener listener) {
      return transport.watch(builder.asHttpRequest(), listener);
    }

    /** Zero where the response may come bit by bit, or for ever. */
    private Duration timeout(StandardHttpRequest request) {
      RequestConfig defaults = getTag(RequestConfig.class);
      if (request.isForStreaming()) {
        return Duration.ZERO;
      }
      return request.getTimeout() != null || defaults == null
          ? Optional.ofNullable(request.getTimeout()).orElse(Duration.ZERO)
          : Duration.ofMillis(defaults.getRequestTimeout());
    }

    @Override
    protected void doClose() {
      transport.close();
    }
  }
}
