package com.mixpeek.operator.executable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command line that ended: what it said where, and how. */
record Run(int exitCode, String out, String err) {

  /** The Java that the archive of classes was made with. */
  static final String JAVA_HOME =
      System.getenv().getOrDefault("JAVA_HOME", System.getProperty("java.home"));

  private static final long SECONDS = 60;

  /** Runs in a folder with our environment, changed by these variables; empty removes one. */
  static Run of(Path folder, Map<String, String> variables, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        builder(folder, variables, command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    if (!ended) {
      throw new AssertionError("%s still runs:%n%s".formatted(command, Files.readString(err)));
    }
    return new Run(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  static ProcessBuilder builder(Path folder, Map<String, String> variables, List<String> command) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("JAVA_HOME", JAVA_HOME);
    // What a JVM says of these would stand among what the command says.
    all.put("JAVA_TOOL_OPTIONS", "");
    all.put("JDK_JAVA_OPTIONS", "");
    all.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    all.putAll(variables);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    all.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return builder;
  }
}
