package com.mixpeek.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cli.cluster.Health;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CloneRowTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void theLogIsReferredToWhereNothingElseSaysWhy() {
    String waits = "Collection copy is created and waits for its ID.";
    assertThat(explained(waits)).isEqualTo(waits + " If that lasts, the operator's log says why.");
    String because = waits + " The spec names Collection other, which is not there.";
    assertThat(explained(because)).isEqualTo(because);
    String goes = "Collection copy is being deleted and gets no ID any more: delete this clone.";
    assertThat(explained(goes)).isEqualTo(goes);
  }

  private static String explained(String message) {
    return new CloneRow(
            "collectionclone",
            "production",
            "copy",
            "origin",
            "copy",
            "",
            Health.PROGRESSING,
            Reason.TargetPending.name(),
            NOW,
            message)
        .explanation(NOW);
  }
}
