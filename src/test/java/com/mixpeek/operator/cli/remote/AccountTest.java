package com.mixpeek.operator.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.ApiKey;
import com.mixpeek.operator.remote.Endpoint;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How what is at Mixpeek is read, with waits that take no time. */
class AccountTest {

  private static final String KEY = "sk_live_KnownText-0123456789";
  private static final FakeMixpeek FAKE = new FakeMixpeek();

  private final List<String> told = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();

  @BeforeEach
  void open() {
    FAKE.faults().heal();
    FAKE.allow(KEY);
    FAKE.addNamespace("production");
    FAKE.exchanges().clear();
  }

  @AfterAll
  static void close() {
    assertThat(FAKE.violations()).isEmpty();
    FAKE.close();
  }

  @Test
  void allPagesAreReadOnceWithinTheRequestsAMinute() {
    add(250);
    Account account = account(2);
    assertThat(account.list(CatalogKind.COLLECTION))
        .extracting(content -> Account.name(CatalogKind.COLLECTION, content))
        .containsExactlyElementsOf(IntStream.range(0, 250).mapToObj(i -> "name_" + i).toList());
    account.list(CatalogKind.COLLECTION);
    assertThat(FAKE.exchanges()).hasSize(3).allMatch(e -> e.operation() == Operation.LIST);
    assertThat(waits).hasSize(1).allMatch(wait -> wait.toSeconds() > 50 && wait.toSeconds() <= 60);
    assertThat(told)
        .containsExactly(
            "Waiting %d s: the Mixpeek API takes no more requests now (2 a minute are allowed)."
                .formatted(waits.get(0).toSeconds()));
    assertThat(unreadable).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED_FOR",
    "THROTTLED",
    "UNAVAILABLE",
    "INTERNAL_ERROR",
    "LOST_BEFORE",
    "CUT_SHORT"
  })
  void whatPassesIsTriedAgain(RemoteFault fault) {
    add(1);
    FAKE.faults().inject(fault, 2, Operation.LIST);
    assertThat(account(10).list(CatalogKind.COLLECTION)).hasSize(1);
    assertThat(waits).hasSizeGreaterThanOrEqualTo(2);
    if (fault == RemoteFault.THROTTLED_FOR) {
      assertThat(waits).allMatch(wait -> wait.toSeconds() >= RemoteFault.RETRY_AFTER - 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REVOKED_KEY    | Put a valid key into MIXPEEK_API_KEY.",
        "FORBIDDEN      | Give the key in MIXPEEK_API_KEY the rights to read the Mixpeek namespace production, or another key.",
        "QUOTA          | See what your plan at Mixpeek allows.",
        "INVALID        | Look for a newer kubectl-mixpeek.",
        "INTERNAL_ERROR | Try again later.",
        "NOT_JSON       | Try again later.",
        "EMPTY_OBJECT   | Try again later.",
        "LOST_BEFORE    | is right and can be reached from here.",
      })
  void whatDoesNotPassIsToldWithTheRemedyAndWithoutTheKey(RemoteFault fault, String remedy) {
    FAKE.faults().inject(fault, 100, Operation.LIST);
    assertThatThrownBy(() -> account(100).list(CatalogKind.TAXONOMY))
        .isInstanceOf(MixpeekUnreadable.class)
        .hasMessageEndingWith(remedy)
        .hasMessageStartingWith("The Mixpeek API ")
        .hasMessageNotContaining(KEY)
        .hasNoCause();
  }

  @Test
  void aGatewayThatDoesNotFindTheApiMayBeTheWrongOne() {
    FAKE.faults().inject(RemoteFault.GATEWAY_MISSING, 1000, Operation.LIST);
    Account account = account(FAKE.url(), "production", 10);
    assertThatThrownBy(() -> account.list(CatalogKind.TAXONOMY))
        .hasMessageContaining("or the base URL, " + FAKE.url());
  }

  @Test
  void whereNothingListensOrThereIsNoSuchNamespaceThatIsTold() {
    Account nowhere = account(URI.create("http://127.0.0.1:1"), "production", 10);
    assertThatThrownBy(() -> nowhere.list(CatalogKind.TAXONOMY))
        .hasMessageContaining("See that http://127.0.0.1:1 is right");
    Account unknown = account(FAKE.url(), "gone", 10);
    assertThatThrownBy(() -> unknown.list(CatalogKind.TAXONOMY))
        .hasMessageContaining("Correct the Mixpeek namespace, gone, or the base URL");
  }

  private void add(int number) {
    for (int i = 0; i < number; i++) {
      FAKE.catalog("production", CatalogKind.COLLECTION).add(collection("name_" + i));
    }
  }

  private static ObjectNode collection(String name) {
    ObjectNode body = new ObjectMapper().createObjectNode().put("collection_name", name);
    body.putObject("source").put("type", "bucket").putArray("bucket_ids").add("bkt_a");
    body.putObject("feature_extractor")
        .put("feature_extractor_name", "text_extractor")
        .put("version", "v1");
    return body;
  }

  private Account account(int requestsPerMinute) {
    return account(FAKE.url(), "production", requestsPerMinute);
  }

  private Account account(URI url, String namespace, int requestsPerMinute) {
    Endpoint endpoint = new Endpoint(url, namespace, ApiKey.of(KEY).orElseThrow());
    Clock clock =
        new Clock() {
          private final Instant start = Instant.now();

          @Override
          public Instant instant() {
            return waits.stream().reduce(start, Instant::plus, (one, other) -> other);
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }
        };
    return new Account(
        new Access(endpoint, requestsPerMinute, "MIXPEEK_API_KEY", Optional.empty()),
        told::add,
        unreadable::add,
        new RequestSender.Waiting(clock, waits::add));
  }
}
