package com.mixpeek.operator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mixpeek.operator.catalog.RemoteCreation.Attempt;
import com.mixpeek.operator.catalog.RemoteCreation.Found;
import com.mixpeek.operator.catalog.RemoteCreation.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteCreationTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");
  private static final Optional<Attempt> TRIED = Optional.of(new Attempt(NOW));

  @Test
  void aFreeNameIsRecordedBeforeAnythingIsSent() {
    assertThat(next(Optional.empty())).isEqualTo(new Step.Begin(new Attempt(NOW)));
    assertThat(next(TRIED)).isEqualTo(new Step.Send());
  }

  @Test
  void aTakenNameIsOnlyOursAfterAnAttempt() {
    Found same = found("col_a", NOW.plusMillis(1), "{'a': 1, 'b': 2}");
    assertThat(next(Optional.empty(), same)).isEqualTo(new Step.NameTaken("col_a"));
    assertThat(next(TRIED, same)).isEqualTo(new Step.TakeOver("col_a"));
  }

  @Test
  void whatIsOlderThanTheAttemptIsSomebodyElses() {
    Instant older = NOW.minusSeconds(61);
    assertThat(next(TRIED, found("col_a", older, "{'a': 1}")))
        .isEqualTo(new Step.NameTaken("col_a"));
    assertThat(next(TRIED, found("col_a", older, "{'a': 1}"), found("col_b", NOW, "{'a': 1}")))
        .isEqualTo(new Step.TakeOver("col_b"));
  }

  /** The name was free: what has it since is what was sent, if it holds just that. */
  @Test
  void whatHasNoTimeOrThatOfAClockThatIsBehindIsToldByItsContent() {
    for (Instant time : new Instant[] {null, NOW.minusSeconds(59)}) {
      assertThat(next(TRIED, found("col_a", time, "{'a': 1}")))
          .isEqualTo(new Step.TakeOver("col_a"));
      assertThat(next(TRIED, found("col_a", time, "{'a': 2}")))
          .isEqualTo(new Step.NameTaken("col_a"));
    }
  }

  @Test
  void onlyTheFirstRequestOfAnAttemptSettlesIt() {
    assertThat(RemoteCreation.isSettled(new Step.Begin(TRIED.get()), true)).isTrue();
    assertThat(RemoteCreation.isSettled(new Step.Begin(TRIED.get()), false)).isFalse();
    assertThat(RemoteCreation.isSettled(new Step.Send(), true)).isFalse();
  }

  private static Step next(Optional<Attempt> attempt, Found... found) {
    return RemoteCreation.next(
        attempt, List.of(found), one -> one.content().path("a").asInt() == 1, NOW);
  }

  private static Found found(String id, Instant createdAt, String content) {
    return new Found(id, Optional.ofNullable(createdAt), tree(content));
  }

  private static JsonNode tree(String json) {
    try {
      return new ObjectMapper().readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
