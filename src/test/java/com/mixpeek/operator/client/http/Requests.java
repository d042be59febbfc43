package com.mixpeek.operator.client.http;

import static com.mixpeek.operator.client.http.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.mixpeek.operator.client.http.ScriptedServer.Script;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** fabric8's client with the requests of these tests. */
final class Requests {

  /** Of requests that are to be answered, and of those that are not. */
  static final long TIMEOUT_MILLIS = 20_000;

  static final long SHORT_MILLIS = 300;
  static final byte[] CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8);

  private Requests() {}

  /** What a watch told its listener, in order. */
  static class Heard implements WebSocket.Listener {

    final List<String> messages = new CopyOnWriteArrayList<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();
    int ends;

    @Override
    public void onMessage(WebSocket socket, String text) {
      messages.add(text);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ends++;
      end.completeExceptionally(error);
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason) {
      ends++;
      end.complete(null);
    }
  }

  static KubernetesClient client(ScriptedServer server) {
    return client(config(server).build());
  }

  static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new ApacheHttpClientFactory())
        .build();
  }

  static ConfigBuilder config(ScriptedServer server) {
    return config("http://127.0.0.1:" + server.port() + "/");
  }

  static ConfigBuilder config(String address) {
    return new ConfigBuilder(Config.empty()).withMasterUrl(address).withRequestRetryBackoffLimit(0);
  }

  static CompletableFuture<WebSocket> watch(KubernetesClient client, String path, Heard heard) {
    return client
        .getHttpClient()
        .newWebSocketBuilder()
        .uri(java.net.URI.create(client.getMasterUrl() + path.substring(1)))
        .connectTimeout(
            path.contains("hangs") ? SHORT_MILLIS : TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .buildAsync(heard);
  }

  static CompletableFuture<HttpResponse<byte[]>> send(
      KubernetesClient client, String method, String path) {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(client.getMasterUrl() + path.substring(1))
            .method(method, "application/json", method.equals("GET") ? null : "{\"é\": 1}")
            .build();
    return client.getHttpClient().sendAsync(request, byte[].class);
  }

  /** Answers, but what has that in its path without an end. */
  static Script endless(String part) {
    return (request, out) -> {
      if (request.contains(part)) {
        out.write(CHUNKED);
        out.flush();
        Thread.sleep(60_000);
      }
      out.write(answer(200, "{}"));
    };
  }

  static void chunk(OutputStream out, byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(UTF_8));
    out.flush();
  }
}
