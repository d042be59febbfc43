package com.mixpeek.operator.executable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What {@code make build} makes. */
final class Built {

  static final Path EXECUTABLE = target("kubectl-mixpeek");
  static final Path OPERATOR_JAR = target("mixpeek-operator.jar");

  private Built() {}

  /** As the executable names it, which follows links on the way there. */
  private static Path target(String name) {
    try {
      return Path.of("target", name).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
