package com.mixpeek.operator.cli;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Everything here is done by an account that may view, and only in one namespace. */
class FromClusterOnServerTest extends FromClusterSuite {

  @Override
  ApiServer server() {
    return RealServer.orSkip("--from-cluster on a real API server");
  }

  @Test
  void whoMayNotListIsTold() throws IOException {
    try (Site site = new Site(server(), folder)) {
      refused(
          site.kubeconfig(folder, "context: {cluster: c, user: u, namespace: default}"),
          "in the namespace \"default\": ask for the ClusterRole mixpeek-view.");
      String text = Files.readString(site.kubeconfig);
      refused(file(text.replaceAll("token: .*}}", "token: wrong}}")), "log in again.");
    }
  }
}
