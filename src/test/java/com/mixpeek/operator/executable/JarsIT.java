package com.mixpeek.operator.executable;

import static com.mixpeek.operator.executable.Built.EXECUTABLE;
import static com.mixpeek.operator.executable.Built.OPERATOR_JAR;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Neither jar holds what only the other needs. */
class JarsIT {

  private static final String OURS = "com/mixpeek/operator/";

  /** The HTTP client, and of so many other libraries none. */
  private static final String APACHE = "org/apache/";

  /** A new one is either added here, or of the scope provided as all that only a command needs. */
  @Test
  void theOperatorHoldsNothingOfTheCommandLine() throws IOException {
    assertThat(libraries(OPERATOR_JAR))
        .containsExactly(
            "ch/qos",
            "com/fasterxml",
            "com/github",
            "com/mixpeek",
            "io/fabric8",
            "io/javaoperatorsdk",
            "io/micrometer",
            "io/prometheus",
            "org/HdrHistogram",
            "org/LatencyUtils",
            "org/apache",
            "org/jspecify",
            "org/slf4j",
            "org/snakeyaml",
            "org/yaml");
    assertThat(folders(OPERATOR_JAR, APACHE, 1)).containsExactly("hc");
    assertThat(ours(OPERATOR_JAR))
        .containsExactly(
            ".",
            "api",
            "catalog",
            "client",
            "clone",
            "cluster",
            "connection",
            "controller",
            "lookup",
            "remote",
            "telemetry");
  }

  /** With this list the operator loads all of fabric8's kinds to read a kubeconfig. */
  @Test
  void theOperatorDoesNotListTheKindsOfTheClient() throws IOException {
    try (ZipFile zip = new ZipFile(OPERATOR_JAR.toFile())) {
      assertThat(zip.getEntry("META-INF/services/" + KubernetesResource.class.getName())).isNull();
    }
  }

  @Test
  void theCommandLineHoldsNothingThatReconcilesMeasuresOrLogs() throws IOException {
    assertThat(libraries(EXECUTABLE))
        .contains("com/fasterxml", "com/mixpeek", "dev/cel", "io/fabric8", "picocli")
        .doesNotContain("io/javaoperatorsdk", "io/micrometer", "io/prometheus", "org/HdrHistogram")
        .doesNotContain("ch/qos", "org/LatencyUtils", "org/junit");
    assertThat(folders(EXECUTABLE, APACHE, 1)).containsExactly("hc");
    assertThat(ours(EXECUTABLE))
        .containsExactly("api", "catalog", "cli", "client", "clone", "lookup", "remote");
  }

  /** The first two folders of each class. */
  private static Set<String> libraries(Path jar) throws IOException {
    return folders(jar, "", 2);
  }

  private static Set<String> ours(Path jar) throws IOException {
    return folders(jar, OURS, 1);
  }

  /** A dot for what is in none. */
  private static Set<String> folders(Path jar, String in, int depth) throws IOException {
    Set<String> folders = new TreeSet<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class") && name.startsWith(in))
          .filter(name -> !name.startsWith("META-INF/"))
          .map(name -> Path.of(name.substring(in.length())))
          .forEach(
              file ->
                  folders.add(
                      file.getNameCount() == 1
                          ? "."
                          : file.subpath(0, Math.min(depth, file.getNameCount() - 1)).toString()));
    }
    return folders;
  }
}
