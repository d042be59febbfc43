package com.mixpeek.operator.executable;

import static com.mixpeek.operator.executable.Built.EXECUTABLE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable as a person or a script meets it. */
class ExecutableIT {

  private static final int FINE = 0;
  private static final int FINDINGS = 1;
  private static final int UNREADABLE = 2;
  private static final String COLOUR = "\u001b[";
  private static final Path EXAMPLES = Path.of("deploy/examples").toAbsolutePath();
  private static final String EXAMPLE = EXAMPLES + "/10-collection-article-embeddings.yaml";
  private static final String REMEDY =
      "install Java 17 or later, and set JAVA_HOME to it or put its java on the PATH.\n";

  @TempDir private Path folder;

  @Test
  void helpsWithoutColourWhereNoTerminalIs() throws IOException, InterruptedException {
    Run help = run("--help");
    assertThat(help.exitCode()).isEqualTo(FINE);
    assertThat(help.out())
        .startsWith("Usage: kubectl-mixpeek")
        .contains("render", "Exit codes:")
        .doesNotContain(COLOUR);
    assertThat(help.err()).isEmpty();
  }

  @Test
  void exitsWithWhatItFound() throws IOException, InterruptedException {
    Run fine = run("render", "-f", EXAMPLE);
    assertThat(fine.exitCode()).isEqualTo(FINE);

    Run findings = run("render", "-f", EXAMPLES.toString());
    assertThat(findings.exitCode()).isEqualTo(FINDINGS);
    assertThat(findings.out()).startsWith("---\n").doesNotContain(COLOUR);
    assertThat(findings.err()).contains("NameConflict").doesNotContain(COLOUR);

    Run unreadable = run("render", "-f", "nowhere.yaml");
    assertThat(unreadable.exitCode()).isEqualTo(UNREADABLE);
    assertThat(unreadable.err()).startsWith("nowhere.yaml does not exist");

    Run wrong = run("rendr");
    assertThat(wrong.exitCode()).isEqualTo(UNREADABLE);
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void runsThroughLinks() throws IOException, InterruptedException {
    Path bin = Files.createDirectories(folder.resolve("some where/bin"));
    Path copy = Files.copy(EXECUTABLE, folder.resolve("copy"), COPY_ATTRIBUTES);
    Path far = Files.createSymbolicLink(folder.resolve("far"), copy);
    Files.createSymbolicLink(bin.resolve("kubectl-mixpeek"), bin.relativize(far));
    String path = bin + ":" + System.getenv("PATH");
    Run run = Run.of(bin, Map.of("PATH", path), List.of("sh", "-c", "kubectl-mixpeek --version"));
    assertThat(run).isEqualTo(new Run(FINE, "kubectl-mixpeek 0.1.0\n", ""));
    assertThat(Run.of(bin, Map.of(), List.of("./kubectl-mixpeek", "--version"))).isEqualTo(run);
    assertThat(Run.of(bin, Map.of(), List.of("sh", "kubectl-mixpeek", "--version"))).isEqualTo(run);
  }

  @Test
  void runsWhereverItIsMoved() throws IOException, InterruptedException {
    Path moved = Files.createDirectories(folder.resolve("a folder; of $mine *")).resolve("k m");
    Files.copy(EXECUTABLE, moved, COPY_ATTRIBUTES);
    Run run = Run.of(folder, Map.of("HOME", ""), List.of(moved.toString(), "--version"));
    assertThat(run).isEqualTo(new Run(FINE, "kubectl-mixpeek 0.1.0\n", ""));
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void isAJarToo() throws IOException, InterruptedException {
    Run run =
        Run.of(
            folder,
            Map.of(),
            List.of(java().toString(), "-jar", EXECUTABLE.toString(), "--version"));
    assertThat(run).isEqualTo(new Run(FINE, "kubectl-mixpeek 0.1.0\n", ""));
  }

  @Test
  void saysThatThereIsNoJava() throws IOException, InterruptedException {
    String empty = Files.createDirectories(folder.resolve("empty")).toString();
    Map<String, String> none = Map.of("JAVA_HOME", "", "PATH", empty);
    Run run = Run.of(folder, none, List.of("/bin/sh", EXECUTABLE.toString(), "--help"));
    assertThat(run).isEqualTo(new Run(UNREADABLE, "", "There is no Java: " + REMEDY));
  }

  @Test
  void refusesAnOldJavaWithoutStartingIt() throws IOException, InterruptedException {
    for (String version : List.of("11.0.22", "1.8.0_402")) {
      Path home = home(version, "echo started >&2");
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
      Run run = runWith(home, "--help");
      assertThat(run.exitCode()).isEqualTo(UNREADABLE);
      assertThat(run.err())
          .isEqualTo(
              "%s/bin/java is Java %s, and Java 17 or later is needed: set JAVA_HOME to a newer one or put its java on the PATH first.%n"
                  .formatted(home, version));
    }
  }

  /** Shims, and the java of macOS, have no such file beside them. */
  @Test
  void asksAJavaWhoseHomeDoesNotSayItsVersion() throws IOException, InterruptedException {
    Run run = runWith(home("shim", "exec '" + java() + "' \"$@\""), "--version");
    assertThat(run).isEqualTo(new Run(FINE, "kubectl-mixpeek 0.1.0\n", ""));

    Path old = home("old", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    assertThat(runWith(old, "--help").err()).contains("is Java 11.0.2, and Java 17 or later");

    Path broken = home("broken", "echo 'No Java runtime present.' >&2; exit 1");
    assertThat(runWith(broken, "--help"))
        .isEqualTo(new Run(UNREADABLE, "", broken + "/bin/java does not run: " + REMEDY));
  }

  @Test
  void passesOnWordsAsTheyAre() throws IOException, InterruptedException {
    Path file = folder.resolve(" two  words; $HOME * \\.yaml");
    assertThat(run("render", "-f", file.toString()).err()).startsWith(file + " does not exist");
  }

  /** A JVM without one reads from its own files. */
  @Test
  void saysThatStandardInputIsClosed() throws IOException, InterruptedException {
    String closed = "exec '%s' validate -f - <&-".formatted(EXECUTABLE);
    Run run = Run.of(folder, Map.of(), List.of("sh", "-c", closed));
    assertThat(run.exitCode()).isEqualTo(UNREADABLE);
    assertThat(run.err()).startsWith("Standard input is empty or closed: ");
  }

  @Test
  void completes() throws IOException, InterruptedException {
    assertThat(run("__complete", "rend").out()).isEqualTo("render\n:4\n");
    assertThat(run("__complete", "render", "--from").out())
        .isEqualTo("--from-cluster\n--from-mixpeek\n:4\n");
    assertThat(run("__complete", "render", "-f", "").out()).isEqualTo(":0\n");
    Path script = Files.writeString(folder.resolve("script"), run("completion", "bash").out());
    Run bash = Run.of(folder, Map.of(), List.of("sh", "-c", "! command -v bash || bash -n script"));
    assertThat(bash.exitCode()).isEqualTo(FINE);
    assertThat(script).content().contains("complete -F _complete_kubectl-mixpeek");
  }

  private Run run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(EXECUTABLE.toString()));
    command.addAll(List.of(words));
    return Run.of(folder, Map.of(), command);
  }

  private Run runWith(Path home, String word) throws IOException, InterruptedException {
    Map<String, String> variables = Map.of("JAVA_HOME", home.toString());
    return Run.of(folder, variables, List.of(EXECUTABLE.toString(), word));
  }

  /** A home whose java is this script. */
  private Path home(String name, String script) throws IOException {
    Path home = folder.resolve(name);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + script + "\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
