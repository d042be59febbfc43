package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Many that wait for their turn at Mixpeek are deleted before it comes. */
class GoneCrowdTest extends RemoteSuite {

  private static final int MANY = 60;

  GoneCrowdTest() {
    super(TestServer.best(), "crowds that are deleted");
    namespace.connect(fake, "sk_of_few", 10);
  }

  @Test
  void whatIsCreatedThenDoesNotWaitForTheirTurns() {
    namespace.startOperator();
    for (int i = 0; i < MANY; i++) {
      collections.createResource("wrong-" + i, "wrong_" + i);
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                collections.resources().stream().filter(r -> r.isReported(Reason.Throttled)).count()
                    >= MANY - 10);
    for (int i = 0; i < MANY; i++) {
      collections.deleteResource("wrong-" + i);
    }
    await().atMost(PATIENCE).until(() -> collections.resources().size() <= 10);
    assertThatOneMoreWaitsForMinutesAtMost();
  }

  @Test
  void norForTheTurnsOfClonesThatAskedForTheirSource() {
    namespace.startOperator();
    for (int i = 0; i < MANY; i++) {
      cloneFromMixpeek("wrong-" + i, "nothing_" + i);
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                collections.clones().stream()
                        .filter(c -> c.isReported(Reason.SourceNotReady))
                        .count()
                    >= MANY - 12);
    for (int i = 0; i < MANY; i++) {
      collections.deleteClone("wrong-" + i);
    }
    await().atMost(PATIENCE).until(() -> collections.clones().isEmpty());
    assertThatOneMoreWaitsForMinutesAtMost();
  }

  private void assertThatOneMoreWaitsForMinutesAtMost() {
    collections.createResource("right", "right_name");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                collections.resource("right").isReported(Reason.Throttled)
                    || collections.resource("right").isReported(Reason.Assigned));
    Collection right = collections.resource("right");
    if (right.isReported(Reason.Throttled)) {
      String message = right.ready().map(Condition::getMessage).orElse("");
      Instant until = Instant.parse(message.replaceFirst(".*until about (\\S+)\\.$", "$1"));
      assertThat(until).isBefore(Instant.now().plusSeconds(180));
    }
  }
}
