package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Many that wait for their turn at Mixpeek are deleted before it comes. */
class GoneCrowdTest extends RemoteSuite {

  private static final int MANY = 60;
  private static final Pattern TURN = Pattern.compile("about (\\S+)\\.$");

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
    await().atMost(PATIENCE).until(() -> waitingForMinutes() >= MANY / 3);
    for (int i = 0; i < MANY; i++) {
      collections.deleteClone("wrong-" + i);
    }
    await().atMost(PATIENCE).until(() -> collections.clones().isEmpty());
    assertThatOneMoreWaitsForMinutesAtMost();
  }

  /** How many clones have a place among the requests that is more than three minutes off. */
  private long waitingForMinutes() {
    return collections.clones().stream()
        .flatMap(clone -> clone.ready().stream())
        .map(ready -> TURN.matcher(ready.getMessage()))
        .filter(Matcher::find)
        .filter(turn -> Instant.parse(turn.group(1)).isAfter(Instant.now().plusSeconds(180)))
        .count();
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
