package com.mixpeek.operator.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of {@code deploy/examples}: one resource, and a comment above it that says what it shows.
 *
 * @param file the file's name, by which the examples are ordered
 * @param comment what it shows, on one line
 * @param resource as it is written, without a namespace
 * @param endsAs the reason of the Ready condition that it ends with
 */
record Example(String file, String comment, GenericKubernetesResource resource, String endsAs) {

  static final Path FOLDER = Path.of("deploy", "examples");

  /** The annotation in which a clone's example says what it ends as. */
  static final String ENDS_AS = "mixpeek.com/example-ends-as";

  /** What a clone's kind ends with, after the kind of what it makes. */
  private static final String CLONE = "Clone";

  /** What a Collection or Taxonomy of the examples ends as, all of them. */
  private static final String ASSIGNED = "Assigned";

  /** What a clone ends as that is done. */
  private static final String CLONED = "Cloned";

  /** The examples of a folder, in the order in which {@code kubectl apply -f} takes them. */
  static List<Example> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(file -> parse(file.getFileName().toString(), read(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Example parse(String file, String yaml) {
    String comment = comment(yaml);
    if (comment.isEmpty()) {
      throw new DemoStoppedException(
          file + " does not say what it shows: begin it with a comment that does.");
    }
    GenericKubernetesResource resource = resource(yaml);
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    String endsAs = annotations == null ? null : annotations.get(ENDS_AS);
    if (endsAs == null && resource.getKind().endsWith(CLONE)) {
      throw new DemoStoppedException(
          "%s does not say what it ends as: annotate it with %s.".formatted(file, ENDS_AS));
    }
    return new Example(file, comment, resource, endsAs == null ? ASSIGNED : endsAs);
  }

  /** One that is not from a file. */
  static Example of(String where, String yaml, String endsAs) {
    return new Example(where, comment(yaml), resource(yaml), endsAs);
  }

  /** The same, which ends otherwise. */
  Example endingAs(String other) {
    return new Example(file, comment, resource, other);
  }

  /** The clones that {@code kubectl-mixpeek fork} prints, which all end as done. */
  static List<Example> forked(String printed) {
    if (!printed.startsWith("---")) {
      throw new DemoStoppedException("kubectl-mixpeek fork printed no clones: " + printed);
    }
    return Stream.of(printed.split("(?m)^---\n"))
        .filter(yaml -> yaml.startsWith("#"))
        .map(yaml -> of("fork", yaml, CLONED))
        .toList();
  }

  private static String comment(String yaml) {
    return yaml.lines()
        .takeWhile(line -> line.startsWith("#"))
        .map(line -> line.substring(1).strip())
        .collect(Collectors.joining(" "));
  }

  private static GenericKubernetesResource resource(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }

  boolean isClone() {
    return resource.getKind().endsWith(CLONE);
  }

  /** Kind and name, as in {@code CollectionClone name-conflict}. */
  String name() {
    return resource.getKind() + " " + resource.getMetadata().getName();
  }

  /** Kind and name as kubectl takes them, as in {@code collectionclone/name-conflict}. */
  String qualifiedName() {
    return name().toLowerCase(Locale.ROOT).replace(' ', '/');
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
