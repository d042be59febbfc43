package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.server.TestServer;
import org.junit.jupiter.api.Test;

/** A Mixpeek that takes requests and answers none, beside one that works. */
class HangingMixpeekTest extends RemoteSuite {

  private static final int MANY = 200;

  HangingMixpeekTest() {
    super(TestServer.best(), "a Mixpeek that hangs");
    namespace.connect(fake);
  }

  /** And what goes through the one that hangs is told within a minute, and not one by one. */
  @Test
  void whatGoesThroughAnotherConnectionGoesOn() {
    try (FakeMixpeek works = new FakeMixpeek()) {
      connectSecond(works);
      startWithFirst();
      fake.faults().inject(RemoteFault.HANG_BEFORE, 100_000, Operation.LIST);
      for (int i = 0; i < MANY; i++) {
        collections.createResource("hangs-" + i, "hangs_" + i);
      }
      await().atMost(PATIENCE).until(() -> hanging() >= 10);
      createThroughSecond("works");
      fake.faults().inject(RemoteFault.HANG_BEFORE, 100_000, Operation.GET_NAMESPACE);
      await().atMost(PATIENCE).until(() -> connection().isReported(Reason.Unreachable));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(collections.resources())
                      .filteredOn(r -> r.getMetadata().getName().startsWith("hangs"))
                      .allMatch(r -> r.isReported(Reason.ConnectionNotReady)));
      namespace.stopOperator();
    }
  }

  /** One that answers, but takes a second for each answer, and has many requests waiting. */
  @Test
  void whatGoesThroughAnotherConnectionDoesNotQueueBehindASlowOne() {
    try (FakeMixpeek works = new FakeMixpeek()) {
      connectSecond(works);
      startWithFirst();
      createThroughSecond("warm");
      fake.faults().inject(RemoteFault.LATE, 100_000, Operation.LIST);
      for (int i = 0; i < MANY; i++) {
        collections.createResource("slow-" + i, "slow_" + i);
      }
      await().atMost(PATIENCE).until(() -> assigned("slow") >= 10);
      long before = assigned("slow");
      createThroughSecond("works");
      // One after the other they would be some fifty by then.
      assertThat(assigned("slow") - before).isLessThan(25);
      namespace.stopOperator();
    }
  }

  private void connectSecond(FakeMixpeek mixpeek) {
    mixpeek.allow("sk_" + namespace.name());
    mixpeek.addNamespace(namespace.name());
    Connection second = namespace.connection(mixpeek.url().toString(), 6000);
    second.getMetadata().setName("second");
    namespace.client().resource(second).create();
  }

  private void createThroughSecond(String name) {
    collections.createResource(
        name, name + "_name", r -> r.getSpec().putObject("connectionRef").put("name", "second"));
    await().atMost(PATIENCE).until(() -> collections.resource(name).isReported(Reason.Assigned));
  }

  private long assigned(String prefix) {
    return collections.resources().stream()
        .filter(r -> r.getMetadata().getName().startsWith(prefix))
        .filter(r -> r.isReported(Reason.Assigned))
        .count();
  }

  private long hanging() {
    return fake.exchanges().stream().filter(e -> e.status() == 0).count();
  }
}
