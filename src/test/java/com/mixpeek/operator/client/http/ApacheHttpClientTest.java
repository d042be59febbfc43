package com.mixpeek.operator.client.http;

import static com.mixpeek.operator.client.http.ScriptedServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.mixpeek.operator.client.OperatorClient;
import com.mixpeek.operator.client.http.ScriptedServer.Script;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fabric8's client asks, and reads what comes, as with any other HTTP client. */
class ApacheHttpClientTest {

  /** Of requests that are to be answered, and of those that are not. */
  private static final long TIMEOUT_MILLIS = 20_000;

  private static final long SHORT_MILLIS = 300;
  private static final byte[] CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8);

  /** What a watch told its listener, in order. */
  private static class Heard implements WebSocket.Listener {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int ends;

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

  /** In pieces of one byte, of which each second or third ends within a character. */
  @Test
  void eachLineOfAWatchIsAMessageInWhateverPiecesItComes() throws Exception {
    List<String> lines = List.of("{\"name\": \"Grüße, 商品 🛍\"}", "{}", "x".repeat(100_000) + "ß");
    Script script =
        (request, out) -> {
          out.write(CHUNKED);
          for (byte one : (lines.get(0) + "\n" + lines.get(1) + "\n").getBytes(UTF_8)) {
            chunk(out, new byte[] {one});
          }
          chunk(out, (lines.get(2) + "\n").getBytes(UTF_8));
          out.write("0\r\n\r\n".getBytes(UTF_8));
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client = client(server)) {
      Heard heard = new Heard();
      watch(client, "/x?watch=true", heard).get(20, TimeUnit.SECONDS);
      heard.end.get(20, TimeUnit.SECONDS);
      assertThat(heard.messages).isEqualTo(lines);
      assertThat(heard.ends).isEqualTo(1);
    }
  }

  @Test
  void aWatchThatIsClosedEndsOnceAndEndsTheConnection() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Script script =
        (request, out) -> {
          out.write(CHUNKED);
          chunk(out, "{}\n".getBytes(UTF_8));
          try {
            while (true) {
              Thread.sleep(10);
              chunk(out, " ".getBytes(UTF_8));
            }
          } catch (IOException e) {
            gone.countDown();
          }
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client = client(server)) {
      Heard heard = new Heard();
      WebSocket open = watch(client, "/x?watch=true", heard).get(20, TimeUnit.SECONDS);
      await().until(() -> !heard.messages.isEmpty());
      assertThat(open.sendClose(1000, null)).isTrue();
      heard.end.get(20, TimeUnit.SECONDS);
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(open.sendClose(1000, null)).isFalse();
      assertThat(heard.ends).isEqualTo(1);
    }
  }

  /** Half a line would be no JSON, and no informer would go on. */
  @Test
  void whatEndsWithinALineIsNoMessage() throws Exception {
    for (String end : List.of("0\r\n\r\n", "")) {
      Heard heard = new Heard();
      Script script =
          (request, out) -> {
            out.write(CHUNKED);
            chunk(out, "{}\n\n{\"half\": ".getBytes(UTF_8));
            await().until(() -> !heard.messages.isEmpty());
            out.write(end.getBytes(UTF_8));
            throw new IOException("The connection ends here.");
          };
      try (ScriptedServer server = new ScriptedServer(script);
          KubernetesClient client = client(server)) {
        watch(client, "/x?watch=true", heard).get(20, TimeUnit.SECONDS);
        await().until(heard.end::isDone);
        assertThat(heard.end.isCompletedExceptionally()).isEqualTo(end.isEmpty());
        assertThat(heard.messages).containsExactly("{}");
      }
    }
  }

  @Test
  void aWatchWhoseConnectionBreaksSaysSo() throws Exception {
    Heard heard = new Heard();
    Script script =
        (request, out) -> {
          out.write(CHUNKED);
          chunk(out, "{}\n".getBytes(UTF_8));
          await().until(() -> !heard.messages.isEmpty());
          throw new IOException("The connection ends here.");
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client = client(server)) {
      watch(client, "/x?watch=true", heard).get(20, TimeUnit.SECONDS);
      assertThatThrownBy(() -> heard.end.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
      assertThat(heard.messages).containsExactly("{}");
    }
  }

  /** One thread reads all watches, and what it calls may break it. */
  @Test
  void whatAListenerDoesWrongEndsItsWatchAndNewOnesCanBeOpened() throws Exception {
    Script script =
        (request, out) -> {
          out.write(CHUNKED);
          chunk(out, "{}\n".getBytes(UTF_8));
          Thread.sleep(60_000);
        };
    List<Consumer<String>> wrongs =
        List.of(
            text -> {
              throw new IllegalStateException("not this");
            },
            text -> {
              throw new StackOverflowError("nor this");
            },
            text -> Thread.currentThread().interrupt());
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client = client(server)) {
      for (Consumer<String> wrong : wrongs) {
        Heard heard =
            new Heard() {
              @Override
              public void onMessage(WebSocket socket, String text) {
                super.onMessage(socket, text);
                wrong.accept(text);
              }
            };
        watch(client, "/x?watch=true", heard).get(20, TimeUnit.SECONDS);
        assertThat(heard.end).failsWithin(20, TimeUnit.SECONDS);
        Heard next = new Heard();
        // An informer tries again, too.
        await()
            .ignoreExceptions()
            .until(() -> watch(client, "/x?watch=true", next).get(20, TimeUnit.SECONDS) != null);
        await().until(() -> !next.messages.isEmpty());
        assertThat(heard.ends).isEqualTo(1);
      }
    }
  }

  /** Lists of many namespaces wait for a thread. */
  @Test
  void whatWaitsWhenTheClientIsClosedFails() throws Exception {
    Script script = (request, out) -> Thread.sleep(60_000);
    try (ScriptedServer server = new ScriptedServer(script)) {
      KubernetesClient client = client(server);
      List<CompletableFuture<HttpResponse<byte[]>>> sent =
          IntStream.range(0, 40).mapToObj(i -> send(client, "GET", "/" + i)).toList();
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

  /** By 503 fabric8 would go on without a WebSocket, by code that reads ASCII only. */
  @Test
  void aWatchThatIsRefusedSaysWhyAndNothingElse() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    Heard heard = new Heard();
    Script script =
        (request, out) -> {
          out.write(answer(request.contains("busy") ? 503 : 403, "{}\n{\"code\": 1}\n"));
          asked.countDown();
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client = client(server)) {
      assertThatThrownBy(() -> watch(client, "/x?watch=true", heard).get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              e -> assertThat(e.getResponse().code()).isEqualTo(403));
      assertThatThrownBy(() -> watch(client, "/busy?watch=true", heard).get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IOException.class)
          .rootCause()
          .hasMessageContaining("503");
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(SHORT_MILLIS);
      assertThat(heard.messages).isEmpty();
      assertThat(heard.ends).isZero();
    }
  }

  /** By a second request without a WebSocket, which reads ASCII only and waits for ever. */
  @Test
  void aWatchThatCannotBeOpenedIsNotAskedForInAnotherWay() throws Exception {
    Script script =
        (request, out) -> {
          if (request.contains("/unavailable/")) {
            out.write(answer(503, "{}"));
          } else if (request.contains("/silent/")) {
            Thread.sleep(60_000);
          }
          throw new IOException("The connection ends here.");
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client =
            OperatorClient.build(config(server).withRequestTimeout((int) SHORT_MILLIS).build())) {
      for (String namespace : List.of("unavailable", "silent", "broken")) {
        assertThatThrownBy(
                () ->
                    client
                        .configMaps()
                        .inNamespace(namespace)
                        .watch(
                            new Watcher<>() {
                              @Override
                              public void eventReceived(Action action, ConfigMap resource) {}

                              @Override
                              public void onClose(WatcherException cause) {}
                            }))
            .isInstanceOf(KubernetesClientException.class);
        Thread.sleep(SHORT_MILLIS);
        assertThat(server.requests())
            .filteredOn(request -> request.contains("/" + namespace + "/"))
            .as(namespace)
            .hasSize(1);
      }
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

  @Test
  void aWatchThatIsNotOpenedInTimeIsGivenUpAndAnOpenOneMayBeSilentForLonger() throws Exception {
    Script script =
        (request, out) -> {
          if (request.contains("/hangs?")) {
            Thread.sleep(60_000);
          }
          out.write(CHUNKED);
          out.flush();
          Thread.sleep(3 * SHORT_MILLIS);
          chunk(out, "{}\n".getBytes(UTF_8));
          out.write("0\r\n\r\n".getBytes(UTF_8));
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client = client(server)) {
      assertThatThrownBy(
              () -> watch(client, "/hangs?watch=true", new Heard()).get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
      Heard heard = new Heard();
      watch(client, "/hangs-not?watch=true", heard).get(20, TimeUnit.SECONDS);
      heard.end.get(20, TimeUnit.SECONDS);
      assertThat(heard.messages).containsExactly("{}");
    }
  }

  @Test
  void anyOtherWebSocketIsRefused() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, out) -> {});
        KubernetesClient client = client(server)) {
      assertThatThrownBy(() -> watch(client, "/exec", new Heard()).get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("no WebSockets but watches")
          .hasMessageContaining("/exec");
    }
  }

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

  @Test
  void aHandshakeThatIsNotAnsweredIsGivenUp() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, out) -> {});
        KubernetesClient client =
            client(
                config("https://127.0.0.1:" + server.port() + "/")
                    .withConnectionTimeout((int) SHORT_MILLIS)
                    .withRequestTimeout((int) SHORT_MILLIS)
                    .build())) {
      assertThatThrownBy(() -> send(client, "POST", "/x").get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(
              () -> watch(client, "/hangs?watch=true", new Heard()).get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aConnectionThatTheServerHasClosedIsNotUsedAgain() throws Exception {
    Script script =
        (request, out) -> {
          out.write(answer(200, "{}"));
          throw new IOException("The connection ends here.");
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client = client(server)) {
      for (int i = 0; i < 2; i++) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
        Thread.sleep(1_200);
      }
      assertThat(server.connections()).isEqualTo(2);
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

  /** An operator of many namespaces has five watches in each. */
  @Test
  void manyWatchesKeepNoRequestWaiting() throws Exception {
    try (ScriptedServer server = new ScriptedServer(endless("watch=true"));
        KubernetesClient client = client(server)) {
      for (int i = 0; i < 300; i++) {
        watch(client, "/x?watch=true", new Heard()).get(20, TimeUnit.SECONDS);
      }
      assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
      assertThat(send(client, "GET", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
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

  @Test
  void proxiesAreAskedAndToldWhoAsks() throws Exception {
    String user = Base64.getEncoder().encodeToString("me:secret".getBytes(UTF_8));
    Script script =
        (request, out) ->
            out.write(
                request.contains("Proxy-Authorization: Basic " + user)
                    ? answer(request.startsWith("CONNECT") ? 403 : 200, "{}")
                    : answer(407, "", "Proxy-Authenticate: Basic realm=\"proxy\""));
    try (ScriptedServer proxy = new ScriptedServer(script)) {
      String address = "http://me:secret@127.0.0.1:" + proxy.port();
      Config plain = config("http://cluster.invalid/").withHttpProxy(address).build();
      try (KubernetesClient client = client(plain)) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
      }
      assertThat(proxy.requests()).last().asString().startsWith("POST http://cluster.invalid/x ");
      Config encrypted = config("https://cluster.invalid/").withHttpsProxy(address).build();
      try (KubernetesClient client = client(encrypted)) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(403);
      }
      assertThat(proxy.requests())
          .anySatisfy(
              request ->
                  assertThat(request)
                      .startsWith("CONNECT cluster.invalid:443 ")
                      .contains("Proxy-Authorization: Basic " + user));
    }
  }

  @Test
  void addressesOfBothFamiliesAreReached(@TempDir Path folder) throws Exception {
    SSLContext context = certificate(folder, "ip:127.0.0.1,ip:0:0:0:0:0:0:0:1");
    String authority = folder.resolve("ca.pem").toString();
    for (String address : List.of("127.0.0.1", "::1")) {
      ServerSocket socket = context.getServerSocketFactory().createServerSocket();
      try {
        socket.bind(new InetSocketAddress(address, 0));
      } catch (SocketException e) {
        abort("This machine has no " + address + ".");
      }
      String host = address.contains(":") ? "[" + address + "]" : address;
      try (ScriptedServer server =
              new ScriptedServer(socket, (request, out) -> out.write(answer(200, "{}")));
          KubernetesClient client =
              client(
                  config("https://" + host + ":" + server.port() + "/")
                      .withCaCertFile(authority)
                      .build())) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
        assertThat(server.requests().get(0)).contains("Host: " + host + ":" + server.port());
      }
    }
  }

  /** The certificate is for another name than the address that is asked. */
  @Test
  void theServersNameIsVerified(@TempDir Path folder) throws Exception {
    SSLContext context = certificate(folder, "dns:cluster.example");
    Path authority = folder.resolve("ca.pem");
    ServerSocket socket = context.getServerSocketFactory().createServerSocket(0);
    try (ScriptedServer server =
        new ScriptedServer(socket, (request, out) -> out.write(answer(200, "{}")))) {
      String address = "https://127.0.0.1:" + server.port() + "/";
      ConfigBuilder trusting = config(address).withCaCertFile(authority.toString());
      try (KubernetesClient client = client(trusting.build())) {
        assertThatThrownBy(() -> send(client, "POST", "/x").get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(SSLHandshakeException.class);
      }
      try (KubernetesClient client =
          client(trusting.withTlsServerName("cluster.example").build())) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
      }
      try (KubernetesClient client = client(config(address).build())) {
        assertThatThrownBy(() -> send(client, "POST", "/x").get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(SSLHandshakeException.class);
      }
      try (KubernetesClient client = client(config(address).withTrustCerts(true).build())) {
        assertThat(send(client, "POST", "/x").get(20, TimeUnit.SECONDS).code()).isEqualTo(200);
      }
    }
  }

  private static SSLContext certificate(Path folder, String names) throws Exception {
    Path store = folder.resolve("server.p12");
    keytool(
        "-genkeypair -alias a -keyalg EC -dname CN=x -ext san=%s -storetype PKCS12".formatted(names)
            + " -storepass secret -keystore "
            + store);
    keytool(
        "-exportcert -rfc -alias a -storepass secret -keystore %s -file %s"
            .formatted(store, folder.resolve("ca.pem")));
    KeyStore keys = KeyStore.getInstance(store.toFile(), "secret".toCharArray());
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String arguments) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(List.of(arguments.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** Answers, but what has that in its path without an end. */
  private static Script endless(String part) {
    return (request, out) -> {
      if (request.contains(part)) {
        out.write(CHUNKED);
        out.flush();
        Thread.sleep(60_000);
      }
      out.write(answer(200, "{}"));
    };
  }

  private static void chunk(OutputStream out, byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(UTF_8));
    out.flush();
  }

  private static KubernetesClient client(ScriptedServer server) {
    return client(config(server).build());
  }

  private static ConfigBuilder config(ScriptedServer server) {
    return config("http://127.0.0.1:" + server.port() + "/");
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new ApacheHttpClientFactory())
        .build();
  }

  private static ConfigBuilder config(String address) {
    return new ConfigBuilder(Config.empty()).withMasterUrl(address).withRequestRetryBackoffLimit(0);
  }

  private static CompletableFuture<WebSocket> watch(
      KubernetesClient client, String path, Heard heard) {
    return client
        .getHttpClient()
        .newWebSocketBuilder()
        .uri(java.net.URI.create(client.getMasterUrl() + path.substring(1)))
        .connectTimeout(
            path.contains("hangs") ? SHORT_MILLIS : TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .buildAsync(heard);
  }

  private static CompletableFuture<HttpResponse<byte[]>> send(
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
}
