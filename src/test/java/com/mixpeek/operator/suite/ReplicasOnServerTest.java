package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.Replica;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.EnvtestApiServer;
import com.mixpeek.operator.testing.RealServer;
import com.mixpeek.operator.testing.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ReplicasOnServerTest extends ReplicasSuite {

  private final ApiServer server = RealServer.orSkip("two replicas on a real API server");

  @Override
  ApiServer server() {
    return server;
  }

  /** Longer than the deadline of a leader that cannot renew, shorter than a request may take. */
  @Test
  void aLeaderWhoseApiServerFreezesStopsByTheClockAlone() throws Exception {
    Assumptions.assumeTrue(server instanceof EnvtestApiServer, "the server is not ours to freeze");
    EnvtestApiServer frozen = (EnvtestApiServer) server;
    try (World<?, ?> world = new World<>(CatalogKind.COLLECTION, server);
        Replica replica = replica(world, "frozen-out", new Wire())) {
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
      world.resource("origin", "origin_name");
      world.clone("one", "origin", "one_name");
      world.awaitReasonWithin("one", Reason.Cloned, TAKEOVER.multipliedBy(2));
      assertThat(get(replica, "/readyz").statusCode()).isEqualTo(200);
    }
  }
}
