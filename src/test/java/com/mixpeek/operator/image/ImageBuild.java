package com.mixpeek.operator.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A build of the image on no base at all, by the plugin and the settings of the pom, in a folder of
 * its own: neither this project's target nor what an earlier build left in a cache is touched.
 */
final class ImageBuild {

  /** The first time, Maven fetches the plugin. */
  private static final long MINUTES = 5;

  private static final String POM = "pom.xml";
  private static final Path CLASSES = Path.of("target", "classes");

  private final Path project;
  private final Path log;
  private final Process maven;

  private ImageBuild(Path project, Path log, Process maven) {
    this.project = project;
    this.log = log;
    this.maven = maven;
  }

  /**
   * Starts a build of the classes that are compiled already.
   *
   * @param project where to build; is created
   * @param environment set for Maven, beside our own
   */
  static ImageBuild start(Path project, Map<String, String> environment) {
    Path ours = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    try {
      Files.createDirectories(project.resolve(CLASSES));
      Files.copy(ours.resolve(POM), project.resolve(POM));
      copy(ours.resolve(CLASSES), project.resolve(CLASSES));
      Path log = project.resolve("maven.log");
      ProcessBuilder builder =
          new ProcessBuilder(command())
              .directory(project.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      // A short run on processors that the rest of the tests need too.
      builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
      builder.environment().putAll(environment);
      return new ImageBuild(project, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tarball, once it is built. */
  Path tarball() throws IOException, InterruptedException {
    boolean ended = maven.waitFor(MINUTES, TimeUnit.MINUTES);
    maven.destroyForcibly();
    if (!ended || maven.exitValue() != 0) {
      throw new AssertionError("The image was not built:\n" + Files.readString(log));
    }
    return project.resolve("target/mixpeek-operator-image.tar");
  }

  /** The digest as {@code make image} tells it. */
  String digest() throws IOException {
    return Files.readString(project.resolve("target/jib-image.digest"));
  }

  private static List<String> command() {
    // Of the Maven that runs this test, where one does.
    Path ours = Path.of(System.getProperty("maven.home", "none"), "bin", "mvn");
    String repository = System.getProperty("localRepository");
    List<String> command = new ArrayList<>();
    command.add(Files.isExecutable(ours) ? ours.toString() : "mvn");
    command.addAll(List.of("-B", "-ntp", "-q", "jib:buildTar", "-Dimage.base=scratch"));
    command.add("-Djib.disableUpdateChecks=true");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    return command;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
