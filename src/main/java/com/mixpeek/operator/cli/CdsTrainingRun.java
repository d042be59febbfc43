package com.mixpeek.operator.cli;

import com.mixpeek.operator.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The training run for the class data sharing archive: runs the commands on the examples in the
 * jar, so that a JVM told to archive the classes that it loads archives those that the commands
 * need. Prints nothing and asks no cluster: with what asking one needs, the archive was a third
 * larger and not measurably faster.
 */
final class CdsTrainingRun {

  private static final String EXAMPLES = "examples/";

  /** Those that ask no cluster by themselves. */
  private static final List<String> COMMANDS = List.of("render", "diff", "validate", "graph");

  private CdsTrainingRun() {}

  public static void main(String[] args) throws IOException {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Path folder = Files.createTempDirectory("kubectl-mixpeek");
    try (ZipFile jar = new ZipFile(System.getProperty("java.class.path"))) {
      for (ZipEntry entry : jar.stream().filter(CdsTrainingRun::isExample).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, folder.resolve(entry.getName().substring(EXAMPLES.length())));
        }
      }
      for (boolean colour : new boolean[] {false, true}) {
        run(colour, "--help");
        run(colour, CompletionCommand.NEXT, "render", "-");
        for (String command : COMMANDS) {
          run(colour, command, "--help");
          run(colour, command, "-f", folder.toString());
        }
        run(colour, "fork", "detected-scenes", "--suffix=-v2", "--with=all", "-f=" + folder);
      }
    } finally {
      delete(folder);
    }
  }

  private static boolean isExample(ZipEntry entry) {
    return entry.getName().startsWith(EXAMPLES) && entry.getName().endsWith(".yaml");
  }

  private static void run(boolean colour, String... words) {
    Terminal nobody =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()),
            colour,
            colour);
    Mixpeek.run(nobody, words);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
