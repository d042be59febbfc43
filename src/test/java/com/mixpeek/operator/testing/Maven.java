package com.mixpeek.operator.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Maven that runs this test, where one does, to run it once more in a folder of its own. */
public final class Maven {

  private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  private Maven() {}

  /** The words that start it, quiet, with the repository of now. */
  public static List<String> command() {
    Path ours = Path.of(System.getProperty("maven.home", "none"), "bin", "mvn");
    List<String> command = new ArrayList<>();
    command.add(Files.isExecutable(ours) ? ours.toString() : "mvn");
    command.addAll(List.of("-B", "-ntp", "-q"));
    String repository = System.getProperty("localRepository");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    return command;
  }

  /** With the JVM of now, for a short run on processors that the rest of the tests need too. */
  public static Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "MAVEN_OPTS",
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
  }

  /** Copies files and folders of this project, compiled classes too where they are asked for. */
  public static void copy(Path to, String... names) throws IOException {
    for (String name : names) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(name))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = to.resolve(PROJECT.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }
}
