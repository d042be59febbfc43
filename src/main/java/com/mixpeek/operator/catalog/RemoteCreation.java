package com.mixpeek.operator.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes one thing, once, over an API that has no idempotency keys and may lose any answer: look the
 * name up, record the attempt, send the request; where its outcome is not known, look the name up
 * again, and take over only what is provably the attempt's.
 *
 * <p>The attempt is recorded before the request is sent, and forgotten as soon as it is certain
 * that nothing was done: only while the outcome is open may something of that name be ours. Nothing
 * is written into what is made.
 */
public final class RemoteCreation {

  /** How far what stamps a creation may be behind the clock that answers are dated by. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private RemoteCreation() {}

  /**
   * An attempt whose outcome is not known.
   *
   * @param since when the name was last seen to be free, by the server's own clock, in whole
   *     seconds
   */
  public record Attempt(Instant since) {}

  /**
   * What the API has under a name.
   *
   * @param createdAt by the server's own clock, empty if it does not say
   * @param content all that it says of it
   */
  public record Found(String id, Optional<Instant> createdAt, JsonNode content) {}

  /** What is to be done next. */
  public sealed interface Step {

    /** Record this attempt, so that it outlives us, and send the request after that. */
    record Begin(Attempt attempt) implements Step {}

    /** Send the request: the attempt is recorded, and made nothing so far. */
    record Send() implements Step {}

    /** It was made: this is its ID. */
    record TakeOver(String id) implements Step {}

    /** Somebody else has the name. */
    record NameTaken(String id) implements Step {}
  }

  /**
   * Decides after the name was looked up.
   *
   * @param attempt the one that is recorded
   * @param found what has the name now
   * @param isMade whether what the API has under the name holds all that was sent, and nothing else
   *     is known to stand for it; for a clone it also holds what its source holds in immutable
   *     fields, as the others may have been changed there since
   * @param serverTime when it was looked up
   */
  public static Step next(
      Optional<Attempt> attempt, List<Found> found, Predicate<Found> isMade, Instant serverTime) {
    if (found.isEmpty()) {
      return attempt.isPresent() ? new Step.Send() : new Step.Begin(new Attempt(serverTime));
    }
    return attempt
        .flatMap(
            ours ->
                found.stream().filter(one -> !isOlder(one, ours) && isMade.test(one)).findFirst())
        .<Step>map(one -> new Step.TakeOver(one.id()))
        .orElseGet(() -> new Step.NameTaken(found.get(0).id()));
  }

  /**
   * Whether the attempt is to be forgotten after a request of this step failed. Once the outcome of
   * one request is open, no later one settles it: the first may still be on its way.
   *
   * @param nothingDone whether it is certain that the request changed nothing
   */
  public static boolean isSettled(Step step, boolean nothingDone) {
    return step instanceof Step.Begin && nothingDone;
  }

  /**
   * Whether it was there before the name was seen to be free, under another name. Of what the API
   * gives no time nothing says so.
   */
  public static boolean isOlder(Found found, Attempt attempt) {
    return found.createdAt().filter(attempt.since().minus(SKEW)::isAfter).isPresent();
  }
}
