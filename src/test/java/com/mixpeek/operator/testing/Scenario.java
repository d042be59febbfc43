package com.mixpeek.operator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/**
 * A folder of YAML that a stranger can read: {@code in-….yaml} is what there is, {@code out-….yaml}
 * what comes of it. A file that is missing, misnamed or not looked at fails the scenario.
 *
 * <p>With {@code -Dgolden.write=true} what came out is written instead of compared. Read every line
 * of it before you commit it: a golden file of wrong behaviour is worse than none.
 *
 * @param folder holds the files
 * @param main the {@code in-….yaml} that every scenario of its kind has
 * @param outs the {@code out-….yaml} that it may have
 */
public record Scenario(Path folder, String main, Set<String> outs) {

  private static final Path ROOT = Path.of("src/test/resources");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern IN = Pattern.compile("in-[a-z0-9]+(-[a-z0-9]+)*\\.yaml");
  private static final String IGNORED = "in-ignored-";
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  /** All folders below that one of {@code src/test/resources}; nothing else may be there. */
  public static List<Scenario> all(String below, String main, Set<String> outs) {
    List<Scenario> all = new ArrayList<>();
    for (Path entry : list(ROOT.resolve(below))) {
      Assertions.assertThat(entry).as("a scenario is a folder").isDirectory();
      Assertions.assertThat(entry.getFileName().toString()).matches(NAME);
      all.add(new Scenario(entry, main, outs));
    }
    Assertions.assertThat(all).as("scenarios in " + below).isNotEmpty();
    return all;
  }

  public String name() {
    return folder.getFileName().toString();
  }

  public URI uri() {
    return folder.toUri();
  }

  /** The names of the other {@code in-….yaml}, once every name in the folder is found good. */
  public List<String> others() {
    List<String> names = list(folder).stream().map(f -> f.getFileName().toString()).toList();
    Assertions.assertThat(names).as("files in " + folder).contains(main);
    Assertions.assertThat(names)
        .as("files in " + folder)
        .allMatch(n -> IN.matcher(n).matches() || outs.contains(n));
    return names.stream().filter(n -> n.startsWith("in-") && !n.equals(main)).toList();
  }

  /** The file as it stands. */
  public JsonNode yaml(String file) {
    return Yaml.read(folder.resolve(file));
  }

  /** The file as the client reads it, which must lose nothing of the spec. */
  public <T> T read(String file, Class<T> type) {
    Path path = folder.resolve(file);
    try {
      T object = Serialization.unmarshal(Files.readString(path), type);
      JsonNode spec = Yaml.read(path).path("spec");
      if (!Yaml.same(spec, Yaml.tree(object).path("spec"))) {
        String diff = LineDiff.of(Yaml.sorted(spec), Yaml.sorted(Yaml.tree(object).path("spec")));
        throw new AssertionError(path + ": its spec is not what was read from it:\n" + diff);
      }
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fails unless the files found by the code under test are all there are, but for those named
   * {@code in-ignored-….yaml}, which it must not have found.
   */
  public void used(Set<String> found) {
    for (String file : others()) {
      Assertions.assertThat(found.contains(file))
          .as("%s: %s was looked at", name(), file)
          .isNotEqualTo(file.startsWith(IGNORED));
    }
  }

  /** Fails unless each of these is in its file, and no other {@code out-….yaml} is there. */
  public void expect(Map<String, JsonNode> actual) {
    if (WRITE) {
      write(actual);
    }
    List<String> problems = new ArrayList<>();
    Set<String> names = new TreeSet<>(actual.keySet());
    list(folder).stream()
        .map(f -> f.getFileName().toString())
        .filter(outs::contains)
        .forEach(names::add);
    for (String name : names) {
      Path file = folder.resolve(name);
      if (!actual.containsKey(name)) {
        problems.add(file + ": there was no such result");
      } else if (!Files.exists(file)) {
        problems.add(file + " is missing; the result was\n" + Yaml.write(actual.get(name)));
      } else if (!Yaml.same(Yaml.read(file), actual.get(name))) {
        String diff = LineDiff.of(Yaml.sorted(Yaml.read(file)), Yaml.sorted(actual.get(name)));
        problems.add(file + " (-) is not the result (+):\n" + diff);
      }
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems));
    }
  }

  private void write(Map<String, JsonNode> actual) {
    try {
      for (String out : outs) {
        Files.deleteIfExists(folder.resolve(out));
      }
      for (Map.Entry<String, JsonNode> entry : actual.entrySet()) {
        Files.writeString(folder.resolve(entry.getKey()), Yaml.write(entry.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
