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
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of each operation when it fails, in each way. */
class MixpeekClientFaultsTest {

  private static final CatalogKind<?, ?> COLLECTION = CatalogKind.COLLECTION;
  private static final MixpeekClient CLIENT = client(Duration.ofSeconds(10));
  private static final MixpeekClient IMPATIENT = client(Duration.ofMillis(500));

  private static FakeMixpeek fake;

  private static MixpeekClient client(Duration timeout) {
    return new MixpeekClient(Clock.systemUTC(), timeout);
  }

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

  static Stream<Arguments> faults() {
    return RemoteFault.anywhere()
        .flatMap(
            fault ->
                Arrays.stream(Operation.values()).map(operation -> Arguments.of(fault, operation)));
  }

  /**
   * Each fault at each operation: what it means, whether it took effect, and no word of the key.
   */
  @ParameterizedTest
  @MethodSource("faults")
  void aFaultIsToldByWhatItMeans(RemoteFault fault, Operation operation) {
    ObjectNode there = fake.catalog(NAMESPACE, COLLECTION).add(resource(COLLECTION, "there"));
    String id = there.path("collection_id").asText();
    Set<ObjectNode> before = Set.copyOf(fake.catalog(NAMESPACE, COLLECTION).objects());
    fake.faults().inject(fault, Integer.MAX_VALUE, operation);
    boolean hangs = fault == RemoteFault.HANG_BEFORE || fault == RemoteFault.HANG_AFTER;

    Answer answer =
        (hangs ? IMPATIENT : CLIENT).send(endpoint(fake.url()), request(operation, COLLECTION, id));

    Optional<Cause> expected = expected(fault, operation);
    if (expected.isEmpty()) {
      assertThat(answer).isInstanceOf(Success.class);
    } else {
      Failure failure = (Failure) answer;
      assertThat(failure.cause()).as(failure.message()).isEqualTo(expected.get());
      assertThat(failure.message()).matches("The Mixpeek API .*[.]").doesNotContain("<");
      if (failure.nothingDone() && fault != RemoteFault.NAME_APPEARS) {
        assertThat(Set.copyOf(fake.catalog(NAMESPACE, COLLECTION).objects())).isEqualTo(before);
      }
    }
    boolean changed = !Set.copyOf(fake.catalog(NAMESPACE, COLLECTION).objects()).equals(before);
    assertThat(changed).isEqualTo(operation.writes() && fault.takesEffect());
    assertThat(answer.toString()).doesNotContain(KEY, "KnownText");
  }

  private static Optional<Cause> expected(RemoteFault fault, Operation operation) {
    return switch (fault) {
      case SLOW, LATE -> Optional.empty();
      case NAME_APPEARS ->
          operation == Operation.CREATE || operation == Operation.CLONE
              ? Optional.of(Cause.Conflict)
              : Optional.empty();
      case LOST_BEFORE, LOST_AFTER, HANG_BEFORE, HANG_AFTER, CUT_SHORT ->
          Optional.of(Cause.NoAnswer);
      case BAD_GATEWAY_AFTER, NOT_JSON, INTERNAL_ERROR, UNAVAILABLE, INVALID_ANSWER ->
          Optional.of(Cause.Unavailable);
      case THROTTLED, THROTTLED_FOR, THROTTLED_UNTIL -> Optional.of(Cause.Throttled);
      case QUOTA, QUOTA_IN_WORDS -> Optional.of(Cause.QuotaExceeded);
      case FORBIDDEN -> Optional.of(Cause.Forbidden);
      case REVOKED_KEY -> Optional.of(Cause.Unauthorized);
      case INVALID, OTHER_SHAPE -> Optional.of(Cause.Refused);
      default -> throw new IllegalArgumentException(fault + " happens nowhere here.");
    };
  }
}
