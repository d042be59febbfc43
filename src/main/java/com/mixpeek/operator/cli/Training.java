package com.mixpeek.operator.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Runs the commands once each on the examples in the jar, so that a JVM told to archive the classes
 * that it loads archives those that the commands need. Prints nothing and asks no cluster.
 */
final class Training {

  private static final String EXAMPLES = "examples/";

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--help"),
          List.of("render"),
          List.of("render", "--help"),
          List.of("diff"),
          List.of("validate"),
          List.of("graph"),
          List.of("status"));

  private Training() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("kubectl-mixpeek");
    try (ZipFile jar = new ZipFile(System.getProperty("java.class.path"))) {
      for (ZipEntry entry : jar.stream().filter(Training::isExample).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, folder.resolve(entry.getName().substring(EXAMPLES.length())));
        }
      }
      for (List<String> command : COMMANDS) {
        run(folder, command, false);
        run(folder, command, true);
      }
    } finally {
      delete(folder);
    }
  }

  private static boolean isExample(ZipEntry entry) {
    return entry.getName().startsWith(EXAMPLES) && entry.getName().endsWith(".yaml");
  }

  private static void run(Path folder, List<String> command, boolean colour) {
    Terminal nobody =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()),
            colour,
            colour);
    String[] words = command.toArray(String[]::new);
    if (!command.contains("--help")) {
      words = java.util.Arrays.copyOf(words, words.length + 2);
      words[words.length - 2] = "-f";
      words[words.length - 1] = folder.toString();
    }
    Mixpeek.run(nobody, words);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
