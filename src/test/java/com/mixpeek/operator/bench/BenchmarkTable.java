package com.mixpeek.operator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of one run, as they come, and as a Markdown table with what they were measured on.
 */
final class BenchmarkTable {

  private final Map<String, String> rows = new LinkedHashMap<>();

  /** Takes a figure and prints it. */
  void row(String name, String value) {
    rows.put(name, value);
    System.out.printf("  %s: %s%n", name, value);
  }

  void append(Path page, Path java, List<String> flags, String server)
      throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    text.append("\n## %s, commit %s\n\n".formatted(LocalDate.now(ZoneOffset.UTC), commit()));
    text.append(
        "%d processors (%s, shared with the API server), %d MiB; the operator on %s, flags `%s`; on %s.\n\n"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                memory(),
                output(java.toString(), "-version").lines().findFirst().orElse(""),
                flags.isEmpty() ? "none" : String.join(" ", flags),
                server.replaceAll("from \\S+", "from envtest's binaries")));
    text.append("| figure | |\n| --- | --- |\n");
    rows.forEach((name, value) -> text.append("| %s | %s |\n".formatted(name, value)));
    Files.writeString(page, text, StandardOpenOption.APPEND);
  }

  private static long memory() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize()
        / (1024 * 1024);
  }

  private static String commit() throws IOException, InterruptedException {
    return output("git", "rev-parse", "--short", "HEAD").strip();
  }

  /** What a program prints; nothing where it is not there. */
  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return printed;
  }
}
