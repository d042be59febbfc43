package com.mixpeek.operator.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine that judges what we ship, where it is installed. */
public final class Tool {

  private final Path program;

  private Tool(Path program) {
    this.program = program;
  }

  /** kubectl, beside envtest's binaries or on the path; without it the calling test is skipped. */
  public static Tool kubectlOrSkip(String what) {
    return orSkip("kubectl", what);
  }

  /** Debian has promtool in its package prometheus; without it the calling test is skipped. */
  public static Tool promtoolOrSkip(String what) {
    return orSkip("promtool", what);
  }

  private static Tool orSkip(String name, String what) {
    Optional<Path> found =
        Stream.concat(
                Stream.of(
                    Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS")).orElse(""),
                    "/usr/local/kubebuilder/bin"),
                Stream.of(System.getenv("PATH").split(File.pathSeparator)))
            .filter(folder -> !folder.isBlank())
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      System.err.printf("%n*** SKIPPED: %s. There is no %s.%n%n", what, name);
    }
    Assumptions.assumeTrue(found.isPresent(), "no " + name);
    return new Tool(found.orElseThrow());
  }

  /**
   * Runs it in the project's folder.
   *
   * @return what it printed
   * @throws AssertionError with what it printed if it fails
   */
  public String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Path errors = Files.createTempFile("mixpeek-tool", ".txt");
      try {
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String printed =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
          throw new AssertionError(
              "%s failed:%n%s%s".formatted(command, printed, Files.readString(errors)));
        }
        return printed;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
