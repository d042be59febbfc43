package com.mixpeek.operator.cli;

import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.ViewerKubeconfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rights are missing, which only a real API server knows. */
class FromClusterOnServerTest {

  @Test
  void whoMayNotListIsTold(@TempDir Path folder) throws IOException {
    FromClusterCommands commands = new FromClusterCommands(folder);
    try (TestNamespace namespace =
        TestNamespace.onRealServer("--from-cluster without the right to list")) {
      Path kubeconfig = ViewerKubeconfig.write(folder, namespace, "default");
      commands.assertRefused(
          kubeconfig, "in the namespace \"default\": ask for the ClusterRole mixpeek-view.");
      String text = Files.readString(kubeconfig);
      commands.assertRefused(
          commands.file(text.replaceAll("token: .*}}", "token: wrong}}")), "log in again.");
    }
  }
}
