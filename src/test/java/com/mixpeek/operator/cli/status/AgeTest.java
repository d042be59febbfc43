package com.mixpeek.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

  @ParameterizedTest
  @CsvSource({
    "-PT5S, 0s",
    "PT5S, 5s",
    "PT119S, 119s",
    "PT3M, 3m",
    "PT119M, 119m",
    "PT2H, 2h",
    "PT47H, 47h",
    "P4D, 4d",
    "P800D, 800d"
  })
  void asKubectlSaysIt(Duration age, String text) {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    assertThat(Age.of(now.minus(age), now)).isEqualTo(text);
    assertThat(Age.of(null, now)).isEqualTo("<unknown>");
  }
}
