package com.mixpeek.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image holds what it should, is the same each time it is built, and runs. */
class ImageIT {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(12);
  private static final int USAGE = 2;
  private static final int TERMINATED = 128 + 15;

  /** The command line's packages stay out; it is made for people, in kubectl-mixpeek. */
  private static final Set<String> OPERATOR =
      Set.of(
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

  /** A new one is either added here or of the scope provided, as all that a command needs. */
  private static final Set<String> LIBRARIES =
      Set.of(
          "HdrHistogram",
          "LatencyUtils",
          "httpclient5",
          "httpcore5",
          "httpcore5-h2",
          "jackson-annotations",
          "jackson-core",
          "jackson-databind",
          "jackson-dataformat-yaml",
          "jackson-datatype-jsr310",
          "java-diff-utils",
          "jspecify",
          "kubernetes-client",
          "kubernetes-client-api",
          "kubernetes-model",
          "logback-classic",
          "logback-core",
          "micrometer-commons",
          "micrometer-core",
          "micrometer-observation",
          "micrometer-registry-prometheus",
          "micrometer-support",
          "operator-framework-core",
          "prometheus-metrics-config",
          "prometheus-metrics-core",
          "prometheus-metrics-exposition-formats",
          "prometheus-metrics-exposition-textformats",
          "prometheus-metrics-model",
          "prometheus-metrics-tracer-common",
          "slf4j-api",
          "snakeyaml",
          "snakeyaml-engine",
          "zjsonpatch");

  /** Where the build makes it for these tests, on no base at all. */
  private static final Path BUILT = Path.of("target/image-test");

  @TempDir private static Path folder;
  private static OciImage image;

  @BeforeAll
  static void unpack() throws IOException {
    image = OciImage.unpack(BUILT.resolve("image.tar"), folder.resolve("image"));
  }

  @Test
  void isTheSameWheneverItIsBuilt() throws IOException {
    assertThat(BUILT.resolve("again.tar")).hasSameBinaryContentAs(BUILT.resolve("image.tar"));
    assertThat(BUILT.resolve("again.digest")).hasContent(image.digest());
    assertThat(BUILT.resolve("image.digest")).hasContent(image.digest());
    assertThat(image.digest()).startsWith("sha256:");
  }

  @Test
  void holdsNothingOfTheMachineThatBuiltIt() throws IOException {
    assertThat(image.created()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(image.history()).isNotEmpty().allMatch(image.created()::equals);
    assertThat(image.entries())
        .extracting(TarArchiveEntry::getLastModifiedTime)
        .containsOnly(FileTime.from(Instant.ofEpochSecond(1)));
    assertThat(image.entries())
        .extracting(
            e -> e.getLongUserId() + e.getUserName() + e.getLongGroupId() + e.getGroupName())
        .containsOnly("00");
    assertThat(
            image.config().toString()
                + Files.readString(image.root().resolve("app/jib-classpath-file")))
        .doesNotContain(Path.of("").toAbsolutePath().toString());
  }

  @Test
  void saysWhoRunsWhatAndHow() throws IOException {
    assertThat(image.saysItsVersion()).isTrue();
    assertThat(image.name()).isEqualTo("mixpeek-operator:0.1.0");
    assertThat(image.config().get("User").asText()).isEqualTo("65532:65532");
    assertThat(image.config().get("ExposedPorts").fieldNames())
        .toIterable()
        .containsExactly("8080/tcp");
    assertThat(image.environment())
        .containsExactlyInAnyOrderEntriesOf(Map.of("MIXPEEK_HTTP_PORT", "8080"));
    assertThat(image.entrypoint())
        .containsExactly(
            "java",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djdk.tls.client.cipherSuites="
                + "TLS_CHACHA20_POLY1305_SHA256,TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,"
                + "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,"
                + "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,"
                + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,"
                + "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "-Djdk.tls.namedGroups=x25519,ffdhe2048,secp256r1,secp384r1,secp521r1",
            "-Xms28m",
            "-XX:MaxNewSize=6m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:TrimNativeHeapInterval=2000",
            "-XX:MaxRAMPercentage=65",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+ErrorFileToStderr",
            "-XX:-UsePerfData",
            "-cp",
            "@/app/jib-classpath-file",
            "com.mixpeek.operator.Main");
  }

  @Test
  void isLabelled() {
    assertThat(image.config().get("Labels").properties())
        .extracting(label -> label.getKey() + "=" + label.getValue().asText())
        .containsExactlyInAnyOrder(
            "org.opencontainers.image.title=Mixpeek operator",
            "org.opencontainers.image.description=Clones Mixpeek collections and taxonomies as"
                + " Kubernetes resources.",
            "org.opencontainers.image.version=0.1.0",
            "org.opencontainers.image.licenses=Apache-2.0");
  }

  /** What only builds or tests the operator stays out, as it stays out of the jar. */
  @Test
  void holdsWhatRunsAndNothingElse() throws IOException {
    List<String> files = files(image.root());
    assertThat(files)
        .contains(
            "app/classes/com/mixpeek/operator/Main.class",
            "app/resources/META-INF/LICENSE",
            "app/resources/crds/collectionclones.mixpeek.com.yaml")
        .allMatch(file -> file.startsWith("app/"))
        .noneMatch(file -> file.contains("/operator/crd/"));
    assertThat(packages(files)).isEqualTo(OPERATOR);
    assertThat(libraries(files)).isEqualTo(LIBRARIES);
  }

  @Test
  void refusesABadSettingInASentence() throws IOException, InterruptedException {
    try (Container container =
        Container.start(image, folder.resolve("bad"), Map.of("MIXPEEK_CONCURRENCY", "many"))) {
      assertThat(container.exitCode(START)).isEqualTo(USAGE);
      assertThat(container.log())
          .isEqualTo("MIXPEEK_CONCURRENCY is \"many\": give a number from 1 to 100.\n");
    }
  }

  /** The root file system is read-only in a pod: what would be written would be missed. */
  @Test
  void getsReadyAndStopsInTimeAndWritesNoFile() throws IOException, InterruptedException {
    List<String> before = files(image.root());
    Path kubeconfig = folder.resolve("kubeconfig");
    try (ApiServer server = new EmbeddedApiServer();
        Container container =
            Container.start(
                image,
                folder.resolve("good"),
                Map.of("KUBECONFIG", Container.kubeconfig(server, kubeconfig).toString()))) {
      Awaitility.await().atMost(START).until(() -> container.readyz() == 200);
      assertThat(files(image.root())).isEqualTo(before);
      assertThat(performanceFiles()).doesNotContain(Long.toString(container.pid()));

      container.terminate();

      assertThat(container.exitCode(STOP)).isEqualTo(TERMINATED);
      assertThat(container.log()).contains("Watching all namespaces").contains("Stopping.");
    }
  }

  /** As servers do that keep to what FIPS allows. */
  @Test
  void reachesAServerThatKnowsOnlyP256() throws Exception {
    Path certificate = folder.resolve("p256");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.tls.namedGroups=secp256r1",
                "-cp",
                System.getProperty("java.class.path"),
                P256Server.class.getName(),
                Files.createDirectories(certificate).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      Path kubeconfig = Container.kubeconfig(told.readLine(), folder.resolve("kubeconfig-p256"));
      try (Container container =
          Container.start(
              image, folder.resolve("fips"), Map.of("KUBECONFIG", kubeconfig.toString()))) {
        Awaitility.await("a request").atMost(START).until(told::ready);
        assertThat(told.readLine()).startsWith("GET /api");
      }
    } finally {
      server.destroyForcibly();
    }
  }

  /** Where each JVM that is allowed to leaves a file named as its process. */
  private static List<String> performanceFiles() throws IOException {
    Path temporary = Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"));
    return Files.isDirectory(temporary) ? files(temporary) : List.of();
  }

  private static Set<String> packages(List<String> files) {
    Matcher ours = Pattern.compile("app/classes/com/mixpeek/operator/([^/]+)/.*").matcher("");
    return files.stream()
        .filter(file -> ours.reset(file).matches())
        .map(file -> ours.reset(file).replaceAll("$1"))
        .collect(Collectors.toSet());
  }

  /** Without their versions. */
  private static Set<String> libraries(List<String> files) {
    return files.stream()
        .filter(file -> file.startsWith("app/libs/"))
        .map(file -> file.replaceAll("app/libs/(kubernetes-model(?=-)|.*?(?=-[0-9])).*", "$1"))
        .collect(Collectors.toSet());
  }

  private static List<String> files(Path in) throws IOException {
    try (Stream<Path> all = Files.walk(in)) {
      return all.filter(Files::isRegularFile)
          .map(file -> in.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
