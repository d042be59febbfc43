package com.mixpeek.operator.cluster;

import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Retries for ever, each time after twice as long, up to a cap, spread by chance so that a thousand
 * clones do not come back in one moment. The SDK's own retry ends after some attempts and has no
 * spread.
 *
 * @param first the longest first delay
 * @param cap the longest delay
 */
public record Backoff(Duration first, Duration cap) implements Retry {

  /** How a reconciliation that failed is tried again. */
  public static final Backoff RECONCILIATION =
      new Backoff(Duration.ofMillis(200), Duration.ofMinutes(1));

  @Override
  public RetryExecution initExecution() {
    return new Execution();
  }

  /** The longest delay before the given attempt, counted from 0. */
  Duration ceiling(int attempt) {
    long doubled = first.toMillis() << Math.min(attempt, 30);
    return Duration.ofMillis(Math.min(doubled, cap.toMillis()));
  }

  /** From so long to half as long again, so that not all come at once. */
  public static Duration spread(Duration length) {
    return length.plusMillis(ThreadLocalRandom.current().nextLong(length.toMillis() / 2 + 1));
  }

  private final class Execution implements RetryExecution {

    private int attempts;

    @Override
    public Optional<Long> nextDelay() {
      long ceiling = ceiling(attempts).toMillis();
      attempts++;
      return Optional.of(ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1));
    }

    @Override
    public int getAttemptCount() {
      return attempts;
    }

    @Override
    public boolean isLastAttempt() {
      return false;
    }
  }
}
