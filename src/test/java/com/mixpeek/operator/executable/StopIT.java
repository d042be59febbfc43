package com.mixpeek.operator.executable;

import static com.mixpeek.operator.executable.Built.OPERATOR_JAR;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator ends when it is asked to, however far it has come, and complains of nothing. */
class StopIT {

  /** What ends by SIGTERM. */
  private static final int TERMINATED = 143;

  private static final int PATIENCE = 60;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {100, 400, 800, 1200, 1600, 2500, 5000})
  void whileItStarts(int millis) throws IOException, InterruptedException {
    Path kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            users: [{name: u, user: {token: t}}]
            current-context: c
            """);
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            OPERATOR_JAR.toString());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    Process operator = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(operator.waitFor(millis, TimeUnit.MILLISECONDS)).isFalse();
      operator.destroy();
      assertThat(operator.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
    } finally {
      operator.destroyForcibly();
    }
    assertThat(log).content().doesNotContain("Exception", "ERROR", "\tat ");
    assertThat(operator.exitValue()).as(Files.readString(log)).isEqualTo(TERMINATED);
  }
}
