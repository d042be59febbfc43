package com.mixpeek.operator.remote;

import static com.mixpeek.operator.remote.RemoteSamples.KEY;
import static com.mixpeek.operator.remote.RemoteSamples.NAMESPACE;
import static com.mixpeek.operator.remote.RemoteSamples.endpoint;
import static com.mixpeek.operator.remote.RemoteSamples.request;
import static com.mixpeek.operator.remote.RemoteSamples.resource;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of each operation. */
class MixpeekClientTest {

  private static final CatalogKind<?, ?> COLLECTION = CatalogKind.COLLECTION;
  private static final MixpeekClient CLIENT =
      new MixpeekClient(Clock.systemUTC(), Duration.ofSeconds(10));

  private static FakeMixpeek fake;

  @BeforeAll
  static void start() {
    fake = RemoteSamples.fake();
  }

  @AfterEach
  void heal() {
    RemoteSamples.heal(fake);
  }

  @AfterAll
  static void stop() {
    fake.close();
  }

  static List<CatalogKind<?, ?>> kinds() {
    return CatalogKind.ALL;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsMadeIsFoundChangedCopiedAndDeleted(CatalogKind<?, ?> kind) {
    Success created = success(RemoteRequest.create(kind, resource(kind, "one")));
    String id = created.body().path(RemoteRequest.idField(kind)).asText();
    assertThat(id).startsWith(kind.idPrefix());
    assertThat(created.serverTime()).hasValueSatisfying(MixpeekClientTest::isNow);

    assertThat(success(RemoteRequest.get(kind, id)).body()).isEqualTo(created.body());
    RemoteRequest named = RemoteRequest.listNamed(kind, "one");
    assertThat(Page.of(named, success(named).body(), new HashSet<>()).results())
        .containsExactly((ObjectNode) created.body());
    RemoteRequest other = RemoteRequest.listNamed(kind, "ONE");
    assertThat(Page.of(other, success(other).body(), new HashSet<>()).results()).isEmpty();

    assertThat(success(request(Operation.PATCH, kind, id)).body().path("description").asText())
        .isEqualTo("changed");
    Success cloned = success(request(Operation.CLONE, kind, id));
    assertThat(
            cloned
                .body()
                .path(RemoteRequest.cloned(kind))
                .path(RemoteRequest.nameField(kind))
                .asText())
        .isEqualTo("cloned");

    success(RemoteRequest.delete(kind, id));
    assertThat(failure(RemoteRequest.get(kind, id)).cause()).isEqualTo(Cause.NotFound);
  }

  @Test
  void aNamespaceIsFoundByNameAndById() {
    assertThat(success(RemoteRequest.getNamespace(NAMESPACE)).body().path("namespace_id").asText())
        .isEqualTo("ns_production");
    success(RemoteRequest.getNamespace("ns_production"));
    Failure none = failure(RemoteRequest.getNamespace("a b/c"));
    assertThat(none.cause()).isEqualTo(Cause.NotFound);
    assertThat(none.message()).contains("a b/c").contains("404");
  }

  @Test
  void aNamespaceThatIsNotThereIsTold() {
    Endpoint elsewhere = new Endpoint(fake.url(), "staging", ApiKey.of(KEY).orElseThrow());
    assertThat(CLIENT.send(elsewhere, RemoteRequest.list(COLLECTION)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.missing()).hasValue("namespace"));
  }

  @Test
  void allPagesHoldEachOnce() {
    for (int i = 0; i < 2 * RemoteRequest.PAGE + 1; i++) {
      fake.catalog(NAMESPACE, COLLECTION).add(resource(COLLECTION, "number_" + i));
    }
    List<String> ids = new ArrayList<>();
    Optional<RemoteRequest> next = Optional.of(RemoteRequest.list(COLLECTION));
    while (next.isPresent()) {
      Page page = Page.of(next.get(), success(next.get()).body(), new HashSet<>());
      page.results().forEach(result -> ids.add(result.path("collection_id").asText()));
      next = page.next();
    }
    assertThat(ids).hasSize(2 * RemoteRequest.PAGE + 1).doesNotHaveDuplicates();
  }

  @Test
  void howLongToStayAwayIsTold() {
    for (RemoteFault fault :
        List.of(RemoteFault.THROTTLED_FOR, RemoteFault.THROTTLED_UNTIL, RemoteFault.UNAVAILABLE)) {
      fake.faults().inject(fault, 1, Operation.LIST);
      assertThat(failure(RemoteRequest.list(COLLECTION)).retryAfter())
          .as(fault.name())
          .hasValue(Duration.ofSeconds(RemoteFault.RETRY_AFTER));
    }
  }

  @Test
  void aRevokedKeyIsUnauthorizedUntilAnotherIsTaken() {
    fake.revoke(KEY);
    assertThat(failure(RemoteRequest.list(COLLECTION)).cause()).isEqualTo(Cause.Unauthorized);
    fake.allow(KEY);
    success(RemoteRequest.list(COLLECTION));
  }

  @Test
  void whatTheDescriptionDoesNotKnowIsRefusedWithItsPlace() {
    ObjectNode wrong = resource(COLLECTION, "wrong");
    wrong.withObject("/source").put("type", "dataset");
    assertThat(failure(RemoteRequest.create(COLLECTION, wrong)).message())
        .startsWith("The Mixpeek API says: source.type: ")
        .endsWith("(HTTP status 422).");
    assertThat(
            failure(RemoteRequest.create(COLLECTION, resource(COLLECTION, "w").put("colour", 1)))
                .message())
        .contains("colour");
  }

  @Test
  void anAnswerWithoutEndIsGivenUp() throws Exception {
    HttpServer endless = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    CompletableFuture<Exception> ended = new CompletableFuture<>();
    endless.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] some = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
          try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
              body.write(some);
            }
          } catch (IOException e) {
            ended.complete(e);
          }
        });
    endless.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + endless.getAddress().getPort());
      assertThat(CLIENT.send(endpoint(url), RemoteRequest.list(COLLECTION)))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.cause()).isEqualTo(Cause.NoAnswer);
                assertThat(failure.message()).contains("longer than " + MixpeekClient.LONGEST);
              });
      assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
    } finally {
      endless.stop(0);
    }
  }

  @Test
  void aConnectionThatFailsIsOneOverWhichNothingWasSent() throws IOException {
    try (ServerSocket closed = new ServerSocket(0)) {
      closed.close();
      URI nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
      assertThat(send(nobody).cause()).isEqualTo(Cause.Unreachable);
      assertThat(send(URI.create("http://nowhere.invalid")).message())
          .contains("its host name is unknown");
    }
  }

  @Test
  void aStoppedThreadDoesNotWait() {
    fake.faults().inject(RemoteFault.HANG_AFTER, 1, Operation.LIST);
    Thread.currentThread().interrupt();
    assertThat(failure(RemoteRequest.list(COLLECTION)).cause()).isEqualTo(Cause.NoAnswer);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void isNow(Instant time) {
    assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));
  }

  private static Failure send(URI url) {
    return (Failure) CLIENT.send(endpoint(url), RemoteRequest.list(COLLECTION));
  }

  private static Success success(RemoteRequest request) {
    Answer answer = CLIENT.send(endpoint(fake.url()), request);
    assertThat(answer).isInstanceOf(Success.class);
    return (Success) answer;
  }

  private static Failure failure(RemoteRequest request) {
    return (Failure) CLIENT.send(endpoint(fake.url()), request);
  }
}
