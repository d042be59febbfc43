package com.mixpeek.operator.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine, run in the project's folder with our environment. */
public final class Program {

  private static final long SECONDS = 120;

  private final List<String> command;

  private Program(List<String> command) {
    this.command = List.copyOf(command);
  }

  /** kubectl, beside envtest's binaries or on the path; without it the calling test is skipped. */
  public static Program kubectlOrSkip(String what) {
    return orSkip("kubectl", what);
  }

  /** Debian has promtool in its package prometheus; without it the calling test is skipped. */
  public static Program promtoolOrSkip(String what) {
    return orSkip("promtool", what);
  }

  private static Program orSkip(String name, String what) {
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
    return new Program(List.of(found.orElseThrow().toString()));
  }

  /** The same program, run with these options before the arguments of each run. */
  public Program with(List<String> options) {
    return new Program(Stream.concat(command.stream(), options.stream()).toList());
  }

  public CommandResult run(String... arguments) {
    return run("", List.of(arguments));
  }

  /**
   * Runs it.
   *
   * @param input what it reads on standard input
   * @throws AssertionError if it does not end in time
   */
  public CommandResult run(String input, List<String> arguments) {
    List<String> words = new ArrayList<>(command);
    words.addAll(arguments);
    List<Path> files = new ArrayList<>();
    try {
      for (String stream : List.of("in", "out", "err")) {
        files.add(Files.createTempFile("program", stream));
      }
      Files.writeString(files.get(0), input);
      Process process =
          new ProcessBuilder(words)
              .redirectInput(files.get(0).toFile())
              .redirectOutput(files.get(1).toFile())
              .redirectError(files.get(2).toFile())
              .start();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String err = Files.readString(files.get(2));
      if (!ended) {
        throw new AssertionError("%s still runs:%n%s".formatted(words, err));
      }
      return new CommandResult(process.exitValue(), Files.readString(files.get(1)), err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      files.forEach(file -> file.toFile().delete());
    }
  }
}
