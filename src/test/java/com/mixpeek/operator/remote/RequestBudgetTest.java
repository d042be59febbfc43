package com.mixpeek.operator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.mixpeek.operator.remote.Answer.Cause;
import com.mixpeek.operator.remote.Answer.Failure;
import com.mixpeek.operator.remote.Answer.Success;
import com.mixpeek.operator.remote.Ticket.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Answer DONE = new Success(MissingNode.getInstance(), Optional.empty());

  private final RequestBudget budget = new RequestBudget(2);

  @Test
  void allTokensMayBeTakenAtOnceAndComeBackAMinuteAfterTheAnswer() {
    assertThat(budget.left(START)).isEqualTo(2);
    assertThat(ask("a", START)).isEmpty();
    assertThat(ask("b", START)).isEmpty();
    assertThat(budget.left(START)).isZero();
    budget.answered(DONE, START.plusSeconds(5));
    budget.answered(DONE, START.plusSeconds(7));
    assertThat(ask("c", START.plusSeconds(10))).hasValue(START.plusSeconds(65));
    assertThat(ask("d", START.plusSeconds(10))).hasValue(START.plusSeconds(67));
    assertThat(ask("e", START.plusSeconds(10))).hasValue(START.plusSeconds(125));
    assertThat(ask("c", START.plusSeconds(65))).isEmpty();
  }

  @Test
  void whoContinuesComesBeforeWhoBeginsAndThatBeforeWhoLooks() {
    spend();
    ask("look", Priority.OBSERVE, "n", START);
    ask("begin", Priority.BEGIN, "n", START);
    ask("continue", Priority.CONTINUE, "n", START);
    Instant later = START.plusSeconds(60);
    assertThat(ask("look", Priority.OBSERVE, "n", later)).isPresent();
    assertThat(ask("begin", Priority.BEGIN, "n", later)).isEmpty();
    assertThat(ask("continue", Priority.CONTINUE, "n", later)).isEmpty();
  }

  @Test
  void aNamespaceWithManyDoesNotHoldUpOneWithFew() {
    spend();
    for (int i = 0; i < 50; i++) {
      ask("many " + i, Priority.BEGIN, "full", START);
    }
    ask("few", Priority.BEGIN, "small", START);
    Instant later = START.plusSeconds(60);
    assertThat(ask("few", Priority.BEGIN, "small", later)).isEmpty();
    assertThat(ask("many 0", Priority.BEGIN, "full", later)).isEmpty();
  }

  @Test
  void oneWhoDoesNotComeBackHoldsUpNobodyForLong() {
    budget.resize(1);
    ask("a", START);
    budget.answered(DONE, START);
    ask("deleted", START);
    assertThat(ask("next", START)).hasValue(START.plusSeconds(120));
    assertThat(ask("next", START.plusSeconds(75))).isEmpty();
  }

  @Test
  void whoComesAfterManyThatAreGoneDoesNotWaitForTheirTurns() {
    spend();
    for (int i = 0; i < 50; i++) {
      ask("gone " + i, START);
    }
    for (int i = 0; i < 50; i++) {
      budget.leave("gone " + i);
    }
    assertThat(ask("next", START)).hasValue(START.plusSeconds(60));
  }

  @Test
  void whoWaitsAfterTheRateWasLoweredWaitsForTheTokensThatAreLeft() {
    budget.resize(60);
    for (int i = 0; i < 60; i++) {
      ask("r" + i, START);
      budget.answered(DONE, START.plusMillis(i));
    }
    assertThat(budget.resize(1)).isTrue();
    assertThat(budget.resize(1)).isFalse();
    Instant last = START.plusSeconds(60).plusMillis(59);
    assertThat(ask("a", START.plusSeconds(1))).hasValue(last);
    assertThat(ask("b", START.plusSeconds(1))).hasValue(last.plusSeconds(60));
  }

  @Test
  void retryAfterIsAFloorForAll() {
    ask("a", START);
    budget.answered(failure(Cause.Throttled, Duration.ofSeconds(90)), START);
    assertThat(budget.left(START)).isZero();
    assertThat(ask("b", START)).hasValue(START.plusSeconds(90));
    ask("c", START);
    budget.answered(failure(Cause.Unavailable, Duration.ofSeconds(5)), START);
    assertThat(ask("b", START.plusSeconds(89))).hasValue(START.plusSeconds(90));
    assertThat(ask("b", START.plusSeconds(90))).isEmpty();
  }

  @Test
  void withoutRetryAfterThePauseDoublesUntilSomethingPasses() {
    budget.resize(100);
    Instant now = START;
    for (int seconds : List.of(2, 4, 8, 16, 32, 60, 60)) {
      assertThat(ask("a", now)).isEmpty();
      budget.answered(failure(Cause.Throttled, null), now);
      assertThat(ask("a", now)).as("pause").hasValue(now.plusSeconds(seconds));
      now = now.plusSeconds(seconds);
    }
    ask("a", now);
    budget.answered(DONE, now);
    ask("a", now);
    budget.answered(failure(Cause.Throttled, null), now);
    assertThat(ask("a", now)).hasValue(now.plusSeconds(2));
  }

  /** Seen from the API: in no minute more than were agreed, and everybody's turn comes. */
  @Property(tries = 50)
  void noMinuteSeesMoreRequestsThanThereAreTokens(
      @ForAll @IntRange(min = 1, max = 8) int tokens,
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 20_000) Integer> travels) {
    RequestBudget some = new RequestBudget(tokens);
    record Event(Instant time, int who, boolean answer) {}
    PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::time));
    for (int who = 0; who < travels.size(); who++) {
      events.add(new Event(START.plusMillis(who), who, false));
    }
    List<Instant> seen = new ArrayList<>();
    int asked = 0;
    while (!events.isEmpty()) {
      Event event = events.poll();
      Duration travel = Duration.ofMillis(travels.get(event.who()));
      if (event.answer()) {
        some.answered(DONE, event.time());
        continue;
      }
      asked++;
      Ticket ticket =
          new Ticket("n" + event.who() % 3, "r" + event.who(), Priority.values()[event.who() % 3]);
      Optional<Instant> until = some.ask(ticket, event.time());
      if (until.isPresent()) {
        assertThat(until.get()).isAfter(event.time());
        events.add(new Event(until.get(), event.who(), false));
      } else {
        seen.add(event.time().plus(travel.dividedBy(2)));
        events.add(new Event(event.time().plus(travel), event.who(), true));
      }
    }
    seen.sort(Comparator.naturalOrder());
    assertThat(seen).hasSameSizeAs(travels);
    for (int i = tokens; i < seen.size(); i++) {
      assertThat(Duration.between(seen.get(i - tokens), seen.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }
    assertThat(asked).as("nobody asks over and over").isLessThan(travels.size() * 12);
  }

  private void spend() {
    ask("first", START);
    ask("second", START);
    budget.answered(DONE, START);
    budget.answered(DONE, START);
  }

  private Optional<Instant> ask(String resource, Instant now) {
    return ask(resource, Priority.BEGIN, "n", now);
  }

  private Optional<Instant> ask(String resource, Priority priority, String namespace, Instant now) {
    return budget.ask(new Ticket(namespace, resource, priority), now);
  }

  private static Failure failure(Cause cause, Duration retryAfter) {
    return new Failure(cause, 0, "", Optional.empty(), Optional.ofNullable(retryAfter));
  }
}
