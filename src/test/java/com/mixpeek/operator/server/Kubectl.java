package com.mixpeek.operator.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.EnvtestApiServer;
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

/** The kubectl that lies beside the server's binaries, or that of this machine. */
final class Kubectl {

  /** How a call ended. */
  record Result(int exit, String out, String err) {

    /** What was written; fails where the call did. */
    String ok() {
      assertThat(exit).as("%s%s", out, err).isZero();
      return out;
    }

    List<String> lines() {
      return ok().lines().toList();
    }
  }

  private final Scene scene;
  private final Path binary;
  private final Path folder;

  private Kubectl(Scene scene, Path binary) {
    this.scene = scene;
    this.binary = binary;
    try {
      folder = Files.createTempDirectory("kubectl");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the calling test, loudly, where there is no kubectl. */
  static Kubectl orSkip(Scene scene) {
    Optional<Path> beside =
        scene.server instanceof EnvtestApiServer own ? own.kubectl() : Optional.empty();
    Optional<Path> binary = beside.or(Kubectl::onPath);
    if (binary.isEmpty()) {
      System.err.printf("%n*** SKIPPED: what kubectl shows. There is no kubectl.%n%n");
      scene.close();
    }
    Assumptions.assumeTrue(binary.isPresent(), "no kubectl");
    return new Kubectl(scene, binary.orElseThrow());
  }

  private static Optional<Path> onPath() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs it in the scene's namespace. */
  Result run(String... arguments) {
    return run("", List.of(arguments));
  }

  /** Runs it with that on its standard input. */
  Result run(String input, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    scene.server.kubeconfig().ifPresent(file -> command.add("--kubeconfig=" + file));
    command.add("--namespace=" + scene.namespace);
    command.add("--cache-dir=" + folder.resolve("cache"));
    command.addAll(arguments);
    try {
      Path in = Files.writeString(Files.createTempFile(folder, "in", ".json"), input);
      Path out = Files.createTempFile(folder, "out", "");
      Path err = Files.createTempFile(folder, "err", "");
      Process process =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
      assertThat(ended).as("kubectl %s takes too long", arguments).isTrue();
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
