package com.mixpeek.operator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image that brings a JVM and an AOT cache: that JVM takes the cache, and the operator runs.
 */
class AotImageIT {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Path BUILT = Path.of("target/image-test/aot.tar");

  @TempDir private Path folder;

  @Test
  void itsJvmStartsTheOperatorFromTheCache() throws IOException, InterruptedException {
    Optional<Path> jdk = jdk();
    assumeThat(jdk)
        .as("There is no JDK from 25 on beside this one: make image AOT=1 is not tested.")
        .isPresent();
    make(jdk.get(), "image", "AOT=1", "BASE=scratch", "IMAGE_TAR=" + BUILT);
    OciImage image = OciImage.unpack(BUILT, folder.resolve("image"));
    assertThat(image.entrypoint())
        .containsExactly(
            "/opt/java/bin/java", "@/app/java.options", "-jar", "/app/mixpeek-operator.jar");
    assertThat(Files.readAllLines(image.root().resolve("app/java.options")))
        .contains("-XX:+UseSerialGC", "-Xms28m", "-XX:AOTCache=/app/operator.aot");
    assertThat(image.root().resolve("app"))
        .isDirectoryNotContaining(path -> Files.isDirectory(path));

    Path kubeconfig = folder.resolve("kubeconfig");
    try (ApiServer server = new EmbeddedApiServer();
        Container container =
            Container.start(
                image,
                folder.resolve("run"),
                Map.of(
                    "KUBECONFIG",
                    Container.kubeconfig(server, kubeconfig).toString(),
                    // A cache of another JVM or other flags ends it, one of another jar does not.
                    "JAVA_TOOL_OPTIONS",
                    "-XX:AOTMode=on -Xlog:class+load"))) {
      Awaitility.await().atMost(START).until(() -> container.readyz() == 200);
      assertThat(container.log())
          .contains("Watching all namespaces")
          .contains("com.mixpeek.operator.Main source: shared objects file")
          .doesNotContain("[warning]");
    }
  }

  private static void make(Path jdk, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder make =
        new ProcessBuilder(Stream.concat(Stream.of("make"), Stream.of(arguments)).toList());
    make.environment().put("JAVA_HOME", jdk.toString());
    Path log = Files.createTempFile("mixpeek-image", ".log");
    Process process = make.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int exitCode = process.waitFor();
    assertThat(exitCode).as(Files.readString(log)).isZero();
    Files.delete(log);
  }

  /** This JDK, or one that is installed beside it. */
  private static Optional<Path> jdk() throws IOException {
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    try (Stream<Path> beside = Files.list(own.getParent())) {
      return Stream.concat(Stream.of(own), beside.sorted())
          .filter(home -> feature(home) >= 25 && Files.isExecutable(home.resolve("bin/jlink")))
          .findFirst();
    }
  }

  /** The version that a JDK names in its file {@code release}, 0 for what is none. */
  private static int feature(Path home) {
    try {
      return Files.readAllLines(home.resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("\\D+", " ").strip().split(" ")[0])
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
