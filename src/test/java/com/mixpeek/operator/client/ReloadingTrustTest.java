package com.mixpeek.operator.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mixpeek.operator.testing.server.SelfSigned;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A cluster may replace its CA while the operator runs. */
class ReloadingTrustTest {

  private static final String ADDRESS = "127.0.0.1";

  private final Logger logger = (Logger) LoggerFactory.getLogger(ReloadingTrust.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @TempDir private Path folder;
  private SelfSigned first;
  private SelfSigned second;
  private Path authority;
  private HttpsServer server;
  private Instant modified = Instant.parse("2020-01-01T00:00:00Z");

  @BeforeEach
  void start() throws Exception {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.WARN);
    first = new SelfSigned(folder, "first", "ip:" + ADDRESS);
    second = new SelfSigned(folder, "second", "ip:" + ADDRESS);
    authority = folder.resolve("ca.crt");
    replace(authority, Files.readAllBytes(first.pem()));
    present(first);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  /** Each connection is for one request, so that the next needs a handshake. */
  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Connection", "close");
    byte[] body = "{}\n".getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** The server starts anew, as an API server does, and so resumes no session of before. */
  private void present(SelfSigned certificate) throws Exception {
    int port = 0;
    if (server != null) {
      port = server.getAddress().getPort();
      server.stop(0);
    }
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName(ADDRESS), port), 0);
    server.createContext("/", ReloadingTrustTest::answer);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.start();
  }

  private void replace(Path file, byte[] text) throws IOException {
    Path written = Files.write(folder.resolve("written"), text);
    modified = modified.plusSeconds(1);
    Files.setLastModifiedTime(written, FileTime.from(modified));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private KubernetesClient client() {
    return OperatorClient.build(config().withCaCertFile(authority.toString()).build());
  }

  private ConfigBuilder config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://" + ADDRESS + ":" + server.getAddress().getPort() + "/");
  }

  /** Writes and watches have connections of different kinds; derived clients share them. */
  private List<CompletableFuture<?>> requests(KubernetesClient client, String host) {
    HttpClient http = client.getHttpClient();
    String address = "https://" + host + ":" + server.getAddress().getPort() + "/";
    return Stream.of(http, http.newBuilder().build())
        .<CompletableFuture<?>>flatMap(
            one ->
                Stream.of(
                    one.sendAsync(
                        one.newHttpRequestBuilder()
                            .uri(address)
                            .post("application/json", "{}")
                            .build(),
                        String.class),
                    one.newWebSocketBuilder()
                        .uri(URI.create(address + "?watch=true"))
                        .connectTimeout(20, TimeUnit.SECONDS)
                        .buildAsync(new WebSocket.Listener() {})))
        .collect(Collectors.toList());
  }

  private void succeed(KubernetesClient client) {
    assertThat(requests(client, ADDRESS))
        .allSatisfy(request -> assertThat(request.get(20, TimeUnit.SECONDS)).isNotNull());
  }

  private void distrust(KubernetesClient client) {
    fail(client, ADDRESS, "unable to find valid certification path");
  }

  private void fail(KubernetesClient client, String host, String why) {
    assertThat(requests(client, host))
        .allSatisfy(
            request ->
                assertThatThrownBy(() -> request.get(20, TimeUnit.SECONDS))
                    .hasStackTraceContaining(SSLHandshakeException.class.getName() + ": ")
                    .hasStackTraceContaining(why));
  }

  @Test
  void aNewCaIsTrustedWithoutARestartAndTheOldOneNoMore() throws Exception {
    try (KubernetesClient client = client()) {
      succeed(client);
      present(second);
      distrust(client);
      replace(authority, Files.readAllBytes(second.pem()));
      succeed(client);
      present(first);
      distrust(client);
    }
    assertThat(log.list).isEmpty();
  }

  /** Kubernetes writes a new folder, and has a link point to it. */
  @Test
  void theFileMayBeBehindALinkThatChanges() throws Exception {
    for (SelfSigned certificate : List.of(first, second)) {
      Path version =
          Files.createDirectory(folder.resolve("..version-" + certificate.pem().getFileName()));
      replace(version.resolve("ca.crt"), Files.readAllBytes(certificate.pem()));
    }
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..version-first.pem"));
    Files.delete(authority);
    Files.createSymbolicLink(authority, Path.of("..data/ca.crt"));
    try (KubernetesClient client = client()) {
      succeed(client);
      present(second);
      distrust(client);
      Path link =
          Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("..version-second.pem"));
      Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
      succeed(client);
    }
  }

  @Test
  void whatHoldsNoCertificateChangesNothingAndIsSaidOnce() throws Exception {
    try (KubernetesClient client = client()) {
      succeed(client);
      for (String rubbish :
          List.of(
              "rubbish\n", "", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
        replace(authority, rubbish.getBytes(UTF_8));
        present(first);
        succeed(client);
      }
      Files.delete(authority);
      present(first);
      succeed(client);
      assertThat(log.list)
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.getLevel()).isEqualTo(Level.WARN);
                assertThat(event.getFormattedMessage())
                    .startsWith("The CA certificates in " + authority + " cannot be read (");
              });
      present(second);
      distrust(client);
      replace(authority, Files.readAllBytes(second.pem()));
      succeed(client);
      Files.delete(authority);
      present(second);
      succeed(client);
    }
    assertThat(log.list).hasSize(2);
  }

  @Test
  void theNameOfTheHostIsVerifiedBeforeAndAfter() throws Exception {
    try (KubernetesClient client = client()) {
      fail(client, "localhost", "No name matching localhost found");
      succeed(client);
      present(second);
      replace(authority, Files.readAllBytes(second.pem()));
      fail(client, "localhost", "No name matching localhost found");
      succeed(client);
    }
  }

  @Test
  void manyConnectionsMayFindTheNewCaAtOnce() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (KubernetesClient client = client()) {
      succeed(client);
      present(second);
      replace(authority, Files.readAllBytes(second.pem()));
      Callable<Void> request =
          () -> {
            succeed(client);
            return null;
          };
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(8, request))) {
        done.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(log.list).isEmpty();
  }

  /** The file has no say then, whatever it holds. */
  @Test
  void certificatesInTheSettingsWinAndWhoTrustsEveryoneNeedsNone() throws Exception {
    String data = Base64.getEncoder().encodeToString(Files.readAllBytes(first.pem()));
    Config embedded = config().withCaCertFile(authority.toString()).withCaCertData(data).build();
    Config anyone = config().withCaCertFile(authority.toString()).withTrustCerts(true).build();
    try (KubernetesClient client = OperatorClient.build(embedded);
        KubernetesClient trusting = OperatorClient.build(anyone)) {
      replace(authority, Files.readAllBytes(second.pem()));
      succeed(client);
      present(second);
      distrust(client);
      succeed(trusting);
    }
  }
}
