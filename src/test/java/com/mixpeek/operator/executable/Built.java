package com.mixpeek.operator.executable;

import com.mixpeek.operator.testing.Maven;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What {@code make build} made, once for all tests, in a folder of its own: neither this project's
 * target nor the classes that are compiled already are made anew.
 */
record Built(Path target) {

  /** The first time, Maven fetches what packs. */
  private static final long MINUTES = 5;

  Path executable() {
    return target.resolve("kubectl-mixpeek");
  }

  Path operatorJar() {
    return target.resolve("mixpeek-operator.jar");
  }

  private static Built build(Path project) throws IOException, InterruptedException {
    Maven.copy(project, "pom.xml", "Makefile", "LICENSE", "crds", "deploy", "src/main");
    Maven.copy(project, "target/classes");
    List<String> maven = new ArrayList<>(Maven.command());
    maven.addAll(List.of("-Dmaven.main.skip", "-Dexec.skip"));
    Path log = project.resolve("make.log");
    ProcessBuilder builder =
        new ProcessBuilder("make", "build", "MVN=" + quoted(maven))
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
    builder.environment().putAll(Maven.environment());
    Process make = builder.start();
    boolean ended = make.waitFor(MINUTES, TimeUnit.MINUTES);
    make.destroyForcibly();
    if (!ended || make.exitValue() != 0) {
      throw new AssertionError("make build failed:\n" + Files.readString(log));
    }
    return new Built(project.resolve("target"));
  }

  private static String quoted(List<String> words) {
    return words.stream()
        .map(word -> "'" + word.replace("$", "$$") + "'")
        .collect(Collectors.joining(" "));
  }

  /** Gives it to each test that has a parameter for it. */
  static final class Once implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == Built.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(Kept.class, key -> new Kept(), Kept.class)
          .built();
    }
  }

  /** Removed when all tests are over. */
  private static final class Kept implements AutoCloseable {

    private final Path folder;
    private final Built built;

    Kept() {
      try {
        // As links on the way there would be followed, and paths of what was built compared.
        folder = Files.createTempDirectory("mixpeek-built").toRealPath();
        built = build(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    Built built() {
      return built;
    }

    @Override
    public void close() throws IOException {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
