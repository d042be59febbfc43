package com.mixpeek.operator.executable;

import static com.mixpeek.operator.executable.Built.OPERATOR_JAR;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's jar, where it cannot begin. */
class OperatorJarIT {

  private static final int FAILED = 1;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "install", "uninstall"})
  void saysThatTheKubeconfigCannotBeRead(String word) throws IOException, InterruptedException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), "foo: [bar");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                OPERATOR_JAR.toString()));
    if (!word.isEmpty()) {
      command.add(word);
    }
    Run run = Run.of(folder, Map.of("KUBECONFIG", kubeconfig.toString()), command);
    assertThat(run)
        .isEqualTo(
            new Run(
                FAILED,
                "",
                "The kubeconfig cannot be read: see what kubectl config view says of it.\n"));
  }
}
