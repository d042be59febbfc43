package com.mixpeek.operator.demo;

import com.mixpeek.operator.cli.Mixpeek;
import com.mixpeek.operator.testing.server.ApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line in a process of its own, as a user starts it, on one server. */
final class KubectlMixpeek implements AutoCloseable {

  /** For a server that kubectl cannot talk to, and that asks nobody who they are. */
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: embedded
      contexts: [{name: embedded, context: {cluster: embedded, user: nobody}}]
      clusters: [{name: embedded, cluster: {server: "%s"}}]
      users: [{name: nobody, user: {username: nobody}}]
      """;

  private final PrintStream out;
  private final Optional<Path> kubeconfig;
  private final Optional<Path> written;

  KubectlMixpeek(ApiServer server, PrintStream out) {
    this.out = out;
    this.written = server.real() ? Optional.empty() : Optional.of(write(server));
    this.kubeconfig = written.or(server::kubeconfig);
  }

  /** Shows a command and what it prints, which it returns. */
  String show(String... arguments) throws InterruptedException {
    out.printf("%n$ kubectl-mixpeek %s%n", String.join(" ", arguments));
    Process process = start(arguments);
    StringBuilder printed = new StringBuilder();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader
          .lines()
          .forEach(
              line -> {
                out.println(line);
                printed.append(line).append('\n');
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.waitFor();
    return printed.toString();
  }

  /**
   * Starts a command.
   *
   * @return the process, with standard error in its output
   */
  Process start(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    // As the script does that make build makes: short runs are not worth more.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Mixpeek.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    kubeconfig.ifPresent(file -> environment.put("KUBECONFIG", file.toString()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(ApiServer server) {
    try {
      Path file = Files.createTempFile("mixpeek-demo", ".kubeconfig");
      return Files.writeString(file, KUBECONFIG.formatted(server.config().getMasterUrl()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    written.map(Path::toFile).ifPresent(java.io.File::delete);
  }
}
