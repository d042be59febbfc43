package com.mixpeek.operator.client.http;

import static com.mixpeek.operator.client.http.Requests.CHUNKED;
import static com.mixpeek.operator.client.http.Requests.SHORT_MILLIS;
import static com.mixpeek.operator.client.http.Requests.TIMEOUT_MILLIS;
import static com.mixpeek.operator.client.http.Requests.chunk;
import static com.mixpeek.operator.client.http.Requests.client;
import static com.mixpeek.operator.client.http.Requests.config;
import static com.mixpeek.operator.client.http.Requests.endless;
import static com.mixpeek.operator.client.http.Requests.send;
import static com.mixpeek.operator.client.http.Requests.watch;
import static com.mixpeek.operator.client.http.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.client.http.Requests.Heard;
import com.mixpeek.operator.client.http.ScriptedServer.Script;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** fabric8's client asks, and reads what comes, as with any other HTTP client. */
class ApacheHttpClientTest {

  @Test
  void aWriteIsDoneWhenItIsSentAndAllShareAConnection() throws Exception {
    String body = "é".repeat(20_000);
    try (ScriptedServer server =
            new ScriptedServer((request, out) -> out.write(answer(201, body)));
        KubernetesClient client = client(server)) {
      for (String method : List.of("POST", "PATCH", "PUT", "DELETE")) {
        CompletableFuture<HttpResponse<byte[]>> sent = send(client, method, "/x");
        assertThat(sent).isCompleted();
        assertThat(sent.get().code()).isEqualTo(201);
        assertThat(new String(sent.get().body(), UTF_8)).isEqualTo(body);
      }
      send(client, "GET", "/x").get(20, TimeUnit.SECONDS);
      assertThat(server.requests()).hasSize(5);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Neither the head nor the rest may take longer, nor all of it bit by bit. */
  @Test
  void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
    Script script =
        (request, out) -> {
          if (request.contains("head")) {
            Thread.sleep(60_000);
          }
          out.write(CHUNKED);
          while (request.contains("bits")) {
            chunk(out, "x".getBytes(UTF_8));
            Thread.sleep(SHORT_MILLIS / 10);
          }
          Thread.sleep(60_000);
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client =
            client(config(server).withRequestTimeout((int) SHORT_MILLIS).build())) {
      for (String method : List.of("POST", "GET")) {
        for (String path : List.of("/head", "/rest", "/bits")) {
          assertThatThrownBy(() -> send(client, method, path).get(20, TimeUnit.SECONDS))
              .as(method + path)
              .hasCauseInstanceOf(SocketTimeoutException.class);
        }
      }
    }
  }

  /** Of specs of a megabyte a few hundred would be all the memory that there is. */
  @Test
  void whatWasSentIsNotKeptOnceItIsAnswered() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer((request, out) -> out.write(answer(201, "{}")));
        KubernetesClient client = client(server)) {
      List<WeakReference<byte[]>> bodies = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        byte[] body = new byte[1024 * 1024];
        bodies.add(new WeakReference<>(body));
        HttpRequest request =
            client
                .getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl() + "x")
                .post("application/json", body)
                .build();
        assertThat(client.getHttpClient().sendAsync(request, byte[].class).get().code())
            .isEqualTo(201);
      }
      await()
          .atMost(Duration.ofMillis(TIMEOUT_MILLIS / 4))
          .untilAsserted(
              () -> {
                System.gc();
                // The last one may still be in a variable.
                assertThat(bodies).filteredOn(body -> body.get() != null).hasSizeLessThan(2);
              });
    }
  }

  @Test
  void manyAtOnceAreAnswered() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer((request, out) -> out.write(answer(200, request.split(" ")[1])));
        KubernetesClient client = client(server)) {
      List<String> paths = IntStream.range(0, 400).mapToObj(i -> "/" + i).toList();
      assertThat(
              paths.parallelStream()
                  .map(path -> send(client, path.endsWith("7") ? "GET" : "POST", path).join())
                  .map(response -> new String(response.body(), UTF_8)))
          .containsExactlyInAnyOrderElementsOf(paths);
    }
  }

  /** As logs that are followed do. */
  @Test
  void whatIsStreamedKeepsNoRequestWaiting() throws Exception {
    try (ScriptedServer server = new ScriptedServer(endless("/stream"));
        KubernetesClient client = client(server)) {
      for (int i = 0; i < 20; i++) {
        client
            .getHttpClient()
            .consumeBytes(
                client
                    .getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(client.getMasterUrl() + "stream")
                    .forStreaming()
                    .build(),
                (bytes, body) -> body.consume())
            .thenAccept(response -> response.body().consume());
      }
      await().until(() -> server.requests().size() == 20);
      assertThat(send(client, "GET", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
    }
  }

  /** Lists of many namespaces wait for a thread. */
  @Test
  void whatWaitsWhenTheClientIsClosedFails() throws Exception {
    Script script = (request, out) -> Thread.sleep(60_000);
    try (ScriptedServer server = new ScriptedServer(script)) {
      KubernetesClient client = client(server);
      List<CompletableFuture<HttpResponse<byte[]>>> sent =
          IntStream.range(0, 40)
              .mapToObj(i -> send(client, "GET", "/" + i + "?limit=500"))
              .toList();
      Heard heard = new Heard();
      CompletableFuture<WebSocket> watch = watch(client, "/x?watch=true", heard);
      await().until(() -> server.requests().size() > 8);
      client.close();
      // Long before any of them takes too long.
      Duration soon = Duration.ofMillis(TIMEOUT_MILLIS / 2);
      assertThat(sent).allSatisfy(one -> assertThat(one).failsWithin(soon));
      assertThat(watch).failsWithin(soon);
      assertThat(watch(client, "/x?watch=true", heard)).failsWithin(soon);
      assertThat(server.requests().size()).isLessThan(20);
    }
  }

  /** As the lease is, which is lost if it is not renewed. */
  @Test
  void whatIsNoListWaitsForNone() throws Exception {
    try (ScriptedServer server = new ScriptedServer(endless("limit="));
        KubernetesClient client = client(server)) {
      for (int i = 0; i < 40; i++) {
        send(client, "GET", "/" + i + "?limit=500");
      }
      assertThat(send(client, "GET", "/lease").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
    }
  }

  /** Whoever asked has given up by then, and nobody would read the answer. */
  @Test
  void whatHasWaitedTooLongIsNotSent() throws Exception {
    Script script = (request, out) -> Thread.sleep(60_000);
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client =
            client(config(server).withRequestTimeout((int) SHORT_MILLIS).build())) {
      List<CompletableFuture<HttpResponse<byte[]>>> sent =
          IntStream.range(0, 80)
              .mapToObj(i -> send(client, "GET", "/" + i + "?limit=500"))
              .toList();
      for (CompletableFuture<?> one : sent) {
        assertThatThrownBy(() -> one.get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(SocketTimeoutException.class);
      }
      assertThat(server.requests()).hasSizeLessThan(20);
    }
  }

  /** More than the buffers of a connection hold, which no timeout of reading is for. */
  @Test
  void aWriteThatIsNotReadIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        KubernetesClient client =
            client(
                config("http://127.0.0.1:" + silent.getLocalPort() + "/")
                    .withRequestTimeout(1000)
                    .build())) {
      silent.setReceiveBufferSize(4096);
      HttpRequest request =
          client
              .getHttpClient()
              .newHttpRequestBuilder()
              .uri(client.getMasterUrl() + "x")
              .method("POST", "application/json", "x".repeat(20_000_000))
              .build();
      CompletableFuture<HttpResponse<byte[]>> sent =
          CompletableFuture.supplyAsync(
                  () -> client.getHttpClient().sendAsync(request, byte[].class))
              .thenCompose(response -> response);
      assertThatThrownBy(() -> sent.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aClosedClientSaysSo() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((request, out) -> out.write(answer(200, "{}")))) {
      KubernetesClient client = client(server);
      send(client, "POST", "/x").get(20, TimeUnit.SECONDS);
      client.close();
      for (String method : List.of("POST", "GET")) {
        assertThat(send(client, method, "/x")).failsWithin(20, TimeUnit.SECONDS);
      }
    }
  }
}
