package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.EnvtestApiServer;
import com.mixpeek.operator.testing.RealServer;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class StatusOnServerTest extends StatusSuite {

  private final ApiServer server = RealServer.orSkip("status on a real API server");

  @Override
  ApiServer server() {
    return server;
  }

  @Test
  void theConnectionBreaksAndComesBack() throws IOException {
    Assumptions.assumeTrue(server() instanceof EnvtestApiServer, "a server that can be restarted");
    EnvtestApiServer own = (EnvtestApiServer) server();
    apply(CLONE, "before", "origin", "before_name");
    follow(false, "-n", namespace, "-w");
    await().atMost(PATIENCE).until(() -> out().contains("collectionclone/before"));
    own.stopServer();
    await().atMost(PATIENCE).until(() -> err().contains("is lost: trying again."));
    own.startServer();
    apply(CLONE, "after", "origin", "after_name");
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .until(() -> out().contains("collectionclone/after") && err().contains("is back."));
    assertThat(out().lines().map(l -> l.substring(l.indexOf(' '))).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void aServerThatNoLongerAnswersIsToldOf() {
    Assumptions.assumeTrue(server() instanceof EnvtestApiServer, "a server that can be frozen");
    EnvtestApiServer own = (EnvtestApiServer) server();
    apply(CLONE, "before", "origin", "before_name");
    follow(false, "-n", namespace, "-w");
    await().atMost(PATIENCE).until(() -> out().contains("collectionclone/before"));
    own.freezeServer();
    try {
      await().atMost(PATIENCE.multipliedBy(2)).until(() -> err().contains("is lost:"));
    } finally {
      own.thawServer();
    }
    apply(CLONE, "after", "origin", "after_name");
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .until(() -> out().contains("collectionclone/after") && err().contains("is back."));
  }
}
