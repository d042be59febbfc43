package com.mixpeek.operator.client.http;

import static com.mixpeek.operator.client.http.Requests.CHUNKED;
import static com.mixpeek.operator.client.http.Requests.SHORT_MILLIS;
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

import com.mixpeek.operator.client.OperatorClient;
import com.mixpeek.operator.client.http.Requests.Heard;
import com.mixpeek.operator.client.http.ScriptedServer.Script;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** fabric8 opens a watch, reads and closes it, as by any other HTTP client. */
class WatchStreamTest {

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

  @Test
  void eachOfManyThatAreClosedEndsItsConnection() throws Exception {
    CountDownLatch gone = new CountDownLatch(50);
    Script script =
        (request, out) -> {
          out.write(CHUNKED);
          try {
            while (true) {
              chunk(out, " ".getBytes(UTF_8));
              Thread.sleep(100);
            }
          } catch (IOException e) {
            gone.countDown();
          }
        };
    try (ScriptedServer server = new ScriptedServer(script);
        KubernetesClient client = client(server)) {
      for (int i = 0; i < 50; i++) {
        watch(client, "/x?watch=true", new Heard()).get(20, TimeUnit.SECONDS).sendClose(1000, null);
      }
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
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
}
