package com.mixpeek.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration CAP = Duration.ofMinutes(1);

  private final Backoff backoff = new Backoff(FIRST, CAP);

  @Test
  void theCeilingDoublesUpToTheCap() {
    assertThat(backoff.ceiling(0)).isEqualTo(FIRST);
    assertThat(backoff.ceiling(1)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.ceiling(8)).isEqualTo(Duration.ofMillis(51_200));
    assertThat(backoff.ceiling(9)).isEqualTo(CAP);
    assertThat(backoff.ceiling(63)).isEqualTo(CAP);
    assertThat(backoff.ceiling(64)).isEqualTo(CAP);
    assertThat(backoff.ceiling(Integer.MAX_VALUE)).isEqualTo(CAP);
  }

  @Test
  void eachDelayIsBetweenHalfOfTheCeilingAndTheCeiling() {
    for (int run = 0; run < 200; run++) {
      RetryExecution execution = backoff.initExecution();
      for (int attempt = 0; attempt < 15; attempt++) {
        long ceiling = backoff.ceiling(attempt).toMillis();
        assertThat(execution.nextDelay().orElseThrow()).isBetween(ceiling / 2, ceiling);
      }
    }
  }

  @Test
  void delaysAreSpread() {
    Set<Long> delays = new HashSet<>();
    for (int run = 0; run < 1000; run++) {
      delays.add(backoff.initExecution().nextDelay().orElseThrow());
    }
    assertThat(delays).hasSizeGreaterThan(50);
    assertThat(delays).anyMatch(d -> d < 120).anyMatch(d -> d > 180);
  }

  /** As an API says that may be asked again at once. */
  @Test
  void noTimeMayBeSpreadToo() {
    assertThat(Backoff.spread(Duration.ZERO)).isEqualTo(Duration.ZERO);
    assertThat(Backoff.spread(FIRST)).isBetween(FIRST, FIRST.multipliedBy(3).dividedBy(2));
  }

  @Test
  void itNeverEnds() {
    RetryExecution execution = backoff.initExecution();
    for (int attempt = 1; attempt <= 10_000; attempt++) {
      assertThat(execution.isLastAttempt()).isFalse();
      assertThat(execution.nextDelay()).isPresent();
      assertThat(execution.getAttemptCount()).isEqualTo(attempt);
    }
  }

  @Test
  void eachExecutionBeginsAnew() {
    backoff.initExecution().nextDelay();
    RetryExecution second = backoff.initExecution();
    assertThat(second.getAttemptCount()).isZero();
    assertThat(second.nextDelay().orElseThrow()).isLessThanOrEqualTo(FIRST.toMillis());
  }
}
