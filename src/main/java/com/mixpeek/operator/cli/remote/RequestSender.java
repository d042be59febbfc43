package com.mixpeek.operator.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.remote.Answer;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.Endpoint;
import com.mixpeek.operator.remote.MixpeekClient;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.RequestBudget;
import com.mixpeek.operator.remote.Ticket;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Sends requests that only read, as fast as the API allows, and some of them again. */
final class RequestSender {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 5;

  /** Nobody sits before a terminal for longer. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final Set<Cause> TRIED_AGAIN =
      Set.of(Cause.Throttled, Cause.Unavailable, Cause.NoAnswer);
  private static final Ticket TICKET = new Ticket("", "", Priority.OBSERVE);

  private final Access access;
  private final Consumer<String> tell;
  private final Waiting waiting;
  private final RequestBudget budget;
  private final MixpeekClient client;

  /** The clock, and how to let time pass. */
  record Waiting(Clock clock, Consumer<Duration> sleep) {

    static final Waiting REAL = new Waiting(Clock.systemUTC(), Waiting::sleep);

    private static void sleep(Duration length) {
      try {
        Thread.sleep(length.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MixpeekUnreadable("Reading what is at Mixpeek was interrupted.");
      }
    }
  }

  /**
   * @param tell is told a sentence for each wait
   */
  RequestSender(Access access, Consumer<String> tell, Waiting waiting) {
    this.access = access;
    this.tell = tell;
    this.waiting = waiting;
    this.budget = new RequestBudget(access.requestsPerMinute());
    this.client = new MixpeekClient(waiting.clock(), TIMEOUT);
  }

  /**
   * What the API answers.
   *
   * @throws MixpeekUnreadable if it refuses, or does not answer however often it is asked
   */
  JsonNode send(RemoteRequest request) {
    for (int attempt = 1; ; attempt++) {
      awaitTurn();
      Answer answer = client.send(access.endpoint(), request);
      budget.answered(answer, waiting.clock().instant());
      if (answer instanceof Success success) {
        return success.body();
      }
      Failure failure = (Failure) answer;
      if (attempt == ATTEMPTS || !TRIED_AGAIN.contains(failure.cause())) {
        throw new MixpeekUnreadable(failure.message() + " " + remedy(failure));
      }
      if (failure.cause() != Cause.Throttled) {
        waiting.sleep().accept(Duration.ofSeconds(attempt));
      }
    }
  }

  private void awaitTurn() {
    Instant now = waiting.clock().instant();
    Optional<Instant> until = budget.ask(TICKET, now);
    while (until.isPresent()) {
      Duration wait = Duration.between(now, until.get());
      long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
      if (wait.compareTo(LONGEST_WAIT) > 0) {
        throw new MixpeekUnreadable(
            "The Mixpeek API takes no requests for %d s: try again then.".formatted(seconds));
      }
      tell.accept(
          "Waiting %d s: the Mixpeek API takes no more requests now (%d a minute are allowed)."
              .formatted(seconds, access.requestsPerMinute()));
      waiting.sleep().accept(Duration.ofSeconds(seconds));
      now = waiting.clock().instant();
      until = budget.ask(TICKET, now);
    }
  }

  private String remedy(Failure failure) {
    Endpoint endpoint = access.endpoint();
    // A page of a gateway may pass, and the base URL may be wrong.
    return switch (failure.status() == 404 ? Cause.NotFound : failure.cause()) {
      case Unauthorized -> "Put a valid key into %s.".formatted(access.keySource());
      case Forbidden ->
          "Give the key in %s the rights to read the Mixpeek namespace %s, or another key."
              .formatted(access.keySource(), endpoint.namespace());
      case QuotaExceeded -> "See what your plan at Mixpeek allows.";
      case NotFound ->
          "Correct the Mixpeek namespace, %s, or the base URL, %s."
              .formatted(endpoint.namespace(), endpoint.baseUrl());
      case Unreachable, NoAnswer ->
          "See that %s is right and can be reached from here.".formatted(endpoint.baseUrl());
      case Throttled, Unavailable -> "Try again later.";
      case Refused, Conflict -> "Look for a newer kubectl-mixpeek.";
    };
  }
}
