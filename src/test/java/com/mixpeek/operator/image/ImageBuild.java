package com.mixpeek.operator.image;

import com.mixpeek.operator.testing.Maven;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A build of the image on no base at all, by the plugin and the settings of the pom, in a folder of
 * its own: neither this project's target nor what an earlier build left in a cache is touched.
 */
final class ImageBuild {

  /** The first time, Maven fetches the plugin. */
  private static final long MINUTES = 5;

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
    try {
      Maven.copy(project, "pom.xml", "target/classes");
      Path log = project.resolve("maven.log");
      ProcessBuilder builder =
          new ProcessBuilder(command())
              .directory(project.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(Maven.environment());
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
    List<String> command = new ArrayList<>(Maven.command());
    command.addAll(List.of("jib:buildTar", "-Dimage.base=scratch"));
    command.add("-Djib.disableUpdateChecks=true");
    return command;
  }
}
