package com.mixpeek.operator.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** What {@code kubectl-mixpeek status -w} prints while the examples are applied. */
final class StatusLines implements AutoCloseable {

  private static final String INDENT = "  ";

  private final Process process;
  private final PrintStream out;
  private final Thread reader = new Thread(this::read, "kubectl-mixpeek status -w");
  private final StringBuilder printed = new StringBuilder();

  /**
   * Begins to follow, and returns once it does.
   *
   * @throws DemoStoppedException with the command's words if it ends
   */
  StatusLines(KubectlMixpeek command, String namespace, PrintStream out)
      throws InterruptedException {
    this.out = out;
    this.process = command.start("status", "-w", "-n", namespace);
    out.printf("%n$ kubectl-mixpeek status -w -n %s%n", namespace);
    reader.setDaemon(true);
    reader.start();
    if (!await("Waiting for some\\.", Duration.ofSeconds(30))) {
      close();
      throw new DemoStoppedException("kubectl-mixpeek status -w does not begin: " + printed);
    }
  }

  /** Waits until something like it was printed, and says whether it was. */
  synchronized boolean await(String pattern, Duration atMost) throws InterruptedException {
    Pattern sought = Pattern.compile(pattern);
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!sought.matcher(printed).find() && reader.isAlive() && System.nanoTime() < deadline) {
      wait(100);
    }
    return sought.matcher(printed).find();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(this::print);
    } catch (IOException | UncheckedIOException e) {
      // Closed while it reads.
    }
  }

  private synchronized void print(String line) {
    out.println(INDENT + line);
    printed.append(line).append('\n');
    notifyAll();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
