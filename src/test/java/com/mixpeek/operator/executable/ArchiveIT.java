package com.mixpeek.operator.executable;

import static com.mixpeek.operator.executable.Built.EXECUTABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes makes starting faster and is never in the way. */
class ArchiveIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FLAG = "-XX:SharedArchiveFile=";
  private static final Run VERSION = new Run(0, "kubectl-mixpeek 0.1.0\n", "");

  @TempDir private Path folder;

  @Test
  void isMadeByTheBuildAndTaken() throws IOException, InterruptedException {
    Path archive = built();
    assertThat(started(EXECUTABLE)).contains(FLAG + archive);

    Path log = folder.resolve("classes");
    List<String> same =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            FLAG + archive,
            "-Xlog:class+load:file=" + log,
            "-cp",
            EXECUTABLE.toString(),
            "com.mixpeek.operator.cli.Mixpeek",
            "--version");
    assertThat(Run.of(folder, Map.of(), same)).isEqualTo(VERSION);
    assertThat(log).content().contains("com.mixpeek.operator.cli.Mixpeek source: shared objects");
  }

  @Test
  void doesNoHarmWhereItDoesNotFit() throws IOException, InterruptedException {
    Path made = built();
    Path moved = Files.copy(EXECUTABLE, folder.resolve("kubectl-mixpeek"));
    Path beside = Files.createDirectory(folder.resolve(".kubectl-mixpeek"));
    String name = made.getFileName().toString();
    Path archive = beside.resolve(flat(moved.toRealPath()) + name.substring(name.indexOf('@')));
    Path size = beside.resolve(archive.getFileName() + ".size");

    byte[] bytes = Files.readAllBytes(made);
    for (byte[] wrong : List.of("no archive".getBytes(UTF_8), bytes)) {
      Files.write(archive, wrong);
      Files.writeString(size, wrong.length + "\n");
      assertThat(started(moved)).contains(FLAG + archive.toRealPath());
      assertThat(run(moved)).isEqualTo(VERSION);
    }

    Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(run(moved)).isEqualTo(VERSION);
    Files.delete(size);
    assertThat(run(moved)).isEqualTo(VERSION);
  }

  /** The very archive that is taken, but with other content than it was written with. */
  @Test
  void doesNoHarmWhereItIsSpoilt() throws IOException, InterruptedException {
    Path archive = built();
    byte[] made = Files.readAllBytes(archive);
    byte[] spoilt = made.clone();
    Arrays.fill(spoilt, made.length / 4, made.length / 2, (byte) 0xff);
    try {
      replace(archive, spoilt);
      assertThat(run(EXECUTABLE)).isEqualTo(VERSION);
    } finally {
      replace(archive, made);
    }
  }

  /** A JVM may hold the one that is there. */
  private static void replace(Path archive, byte[] content) throws IOException {
    Path fresh = Files.write(archive.resolveSibling("new"), content);
    Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  /** And it neither waits for that nor leaves what was made of the file that was there before. */
  @Test
  void isMadeOnceWhereAPersonLooksOn() throws IOException, InterruptedException {
    Path moved = Files.copy(EXECUTABLE, folder.resolve("kubectl-mixpeek"));
    Path cache = folder.resolve("cache/kubectl-mixpeek");
    assertThat(run(moved)).isEqualTo(VERSION);
    assertThat(cache).doesNotExist();

    assumeTrue(
        Run.of(folder, Map.of(), List.of("sh", "-c", "script --version"))
            .out()
            .contains("util-linux"),
        "no terminal to be had");
    Files.createDirectories(cache);
    Path old = Files.createFile(cache.resolve(home(moved) + "@17@1.jsa"));
    Path others = Files.createFile(cache.resolve("elsewhere@java@17@1.jsa"));

    onTerminal(moved);

    Awaitility.await().atMost(PATIENCE).until(() -> !Files.exists(old));
    Path archive =
        archives(cache).stream().filter(file -> !file.equals(others)).findFirst().orElseThrow();
    assertThat(archive.getFileName().toString()).startsWith(home(moved));
    assertThat(started(moved)).contains(FLAG + archive.toRealPath());
    assertThat(others).exists();
  }

  @Test
  void isDoneWithoutWhereItCannotBeWritten() throws IOException, InterruptedException {
    Path file = Files.createFile(folder.resolve("file"));
    Path moved = Files.copy(EXECUTABLE, folder.resolve("kubectl-mixpeek"));
    for (String cache : List.of(file.toString(), "/dev/null/none")) {
      Map<String, String> variables = Map.of("XDG_CACHE_HOME", cache, "HOME", cache);
      assertThat(Run.of(folder, variables, List.of(moved.toString(), "--version")))
          .isEqualTo(VERSION);
    }
    assertThat(
            Run.of(
                folder,
                Map.of("XDG_CACHE_HOME", "", "HOME", ""),
                List.of(moved.toString(), "--version")))
        .isEqualTo(VERSION);
  }

  private Run run(Path program) throws IOException, InterruptedException {
    return Run.of(folder, Map.of(), List.of(program.toString(), "--version"));
  }

  private void onTerminal(Path program) throws IOException, InterruptedException {
    String command = "'%s' --help".formatted(program);
    Run run =
        Run.of(folder, Map.of("NO_COLOR", ""), List.of("script", "-qec", command, "/dev/null"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("\u001b[");
    Map<String, String> plain = Map.of("NO_COLOR", "1");
    assertThat(Run.of(folder, plain, List.of("script", "-qec", command, "/dev/null")).out())
        .doesNotContain("\u001b[");
  }

  /** With which words Java is started, as it waits for its input. */
  private List<String> started(Path program) throws IOException {
    Process process =
        Run.builder(folder, Map.of(), List.of(program.toString(), "render", "-f", "-")).start();
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> process.info().arguments().map(List::of).orElse(List.of()).contains("-cp"));
      return List.of(process.info().arguments().orElseThrow());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String home(Path program) throws IOException {
    return flat(program.toRealPath()) + "@" + flat(Path.of(Run.JAVA_HOME));
  }

  private static String flat(Path path) {
    return path.toString().substring(1).replace('/', '%');
  }

  /** The archive that the build made. */
  private static Path built() throws IOException {
    return archives(EXECUTABLE.resolveSibling(".kubectl-mixpeek")).get(0);
  }

  private static List<Path> archives(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }
}
