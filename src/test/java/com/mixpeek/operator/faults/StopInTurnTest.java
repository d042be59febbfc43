package com.mixpeek.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator is stopped while a clone's turn waits for a name that another one takes. */
class StopInTurnTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void whatIsUnderWayIsFinishedWithAllThatExistsInSight(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("stops in a clone's turn"));
        TestNamespace namespace = new TestNamespace(proxy)) {
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      collections.createResource("origin", "origin_name");
      namespace.startOperator();
      collections.awaitResource("origin", Reason.Assigned);
      proxy.faults().inject(Fault.SLUGGISH, 1, passing -> passing.is("create", "collections"));
      collections.createClone("first", "origin", "copy_name");
      await()
          .pollInterval(Duration.ofMillis(10))
          .until(() -> collections.resource("first") != null);
      collections.createClone("second", "origin", "copy_name");
      // Less than the answer takes, and enough for the second one's turn to begin.
      LockSupport.parkNanos(Fault.SHORT_DELAY.dividedBy(3).toNanos());
      namespace.stopOperator();
      assertThat(collections.reason("first")).isEqualTo(Reason.Cloned.name());
      assertThat(collections.reason("second")).isEqualTo(Reason.NameConflict.name());
      assertThat(collections.events(Reason.SourceNotFound)).isEmpty();
    }
  }
}
