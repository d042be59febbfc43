package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.mixpeek.RemoteFault;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The fewest requests that a Connection may be given: what takes several goes on nonetheless. */
class OneRequestAMinuteTest extends RemoteSuite {

  private static final Duration MINUTES = Duration.ofMinutes(5);

  OneRequestAMinuteTest() {
    super(TestServer.EMBEDDED, "slow Connections");
  }

  /** With the PATCH and the question what its answer means a minute apart. */
  @Test
  void isEnoughToSeeThatWhatIsChangedIsGone() {
    namespace.connect(fake);
    startWithFirst();
    editConnection(connection -> connection.getSpec().setRequestsPerMinute(1));
    awaitLookedAt();
    catalog().remove(collections.resource("first").reportedId().orElseThrow());
    collections.editResource("first", r -> r.getSpec().put("description", "edited"));
    await()
        .atMost(MINUTES)
        .until(() -> collections.resource("first").isReported(Reason.RemoteMissing));
    assertThat(fake.exchanges())
        .filteredOn(exchange -> exchange.operation() == Operation.PATCH)
        .hasSize(1);
  }

  /** At once, each through a Connection of its own, as each takes minutes. */
  @Test
  void isEnoughToMakeAndToDelete() {
    namespace.connect(fake);
    namespace.startOperator();
    leaveOpen(
        RemoteFault.LOST_AFTER, "open", () -> collections.createResource("open", "open_name"));
    try (FakeMixpeek other = new FakeMixpeek();
        TestNamespace slow = new TestNamespace(namespace.server())) {
      slow.connect(other, "sk_slow", 1);
      slow.startOperator();
      TypedResources<CollectionClone, Collection> made = slow.resources(CatalogKind.COLLECTION);
      made.createResource("made", "made_name");

      editConnection(connection -> connection.getSpec().setRequestsPerMinute(1));
      fake.faults().heal();
      collections.deleteResource("open");

      await().atMost(MINUTES).until(() -> collections.resource("open") == null);
      await().atMost(MINUTES).until(() -> made.resource("made").isReported(Reason.Assigned));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  fake.exchanges().stream().anyMatch(e -> e.operation() == Operation.DELETE)
                      && catalog().objects().isEmpty());
    }
  }
}
