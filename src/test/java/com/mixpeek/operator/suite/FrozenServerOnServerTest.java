package com.mixpeek.operator.suite;

import static com.mixpeek.operator.suite.TestReplicas.TAKEOVER;
import static com.mixpeek.operator.suite.TestReplicas.get;
import static com.mixpeek.operator.suite.TestReplicas.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Replica;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.EnvtestApiServer;
import com.mixpeek.operator.testing.server.RequestRecorder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A leader that loses its API server, which neither answers nor closes connections. */
class FrozenServerOnServerTest {

  /** Longer than the deadline of a leader that cannot renew, shorter than a request may take. */
  @Test
  void aLeaderWhoseApiServerFreezesStopsByTheClockAlone() throws Exception {
    try (TestNamespace namespace = TestNamespace.onRealServer("a frozen API server");
        Replica replica = replica(namespace, "frozen-out", new RequestRecorder())) {
      EnvtestApiServer frozen = namespace.requireOwnServer("a frozen API server");
      TypedResources<?, ?> resources = namespace.resources(CatalogKind.COLLECTION);
      replica.start();
      await().atMost(TAKEOVER).until(replica::leads);
      frozen.freezeServer();
      try {
        await().atMost(Duration.ofSeconds(9)).until(() -> !replica.leads());
        await()
            .atMost(Duration.ofSeconds(50))
            .until(() -> get(replica, "/readyz").statusCode() == 503);
      } finally {
        frozen.thawServer();
      }
      resources.createResource("origin", "origin_name");
      resources.createClone("one", "origin", "one_name");
      resources.awaitReasonWithin("one", Reason.Cloned, TAKEOVER.multipliedBy(2));
      assertThat(get(replica, "/readyz").statusCode()).isEqualTo(200);
    }
  }
}
