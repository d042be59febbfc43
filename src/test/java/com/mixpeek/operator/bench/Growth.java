package com.mixpeek.operator.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints how long commands take for more and more manifests of the shapes that are worst for them,
 * in seconds with the start of Java. Where something grows by the square, it shows.
 */
final class Growth {

  private static final List<Integer> SIZES = List.of(2500, 10_000);
  private static final List<String> COMMANDS = List.of("render", "validate", "graph");
  private static final PrintStream OUT = System.out;

  private static final String CLONE =
      """
      {"apiVersion": "mixpeek.com/v1alpha1", "kind": "CollectionClone", "metadata": {"name": "c%d"},
       "spec": {"sourceRef": {"name": "c%d"}, "overrides": {"collectionName": "name_%d"}}}
      """;

  private static final String NODE = "{\"collectionId\": \"n%d\", \"parentCollectionId\": \"n%d\"}";

  private static final String TAXONOMY =
      """
      {"apiVersion": "mixpeek.com/v1alpha1", "kind": "Taxonomy", "metadata": {"name": "t"},
       "spec": {"taxonomyName": "t_name", "config": {"taxonomyType": "hierarchical",
                "hierarchicalNodes": [%s]}}}
      """;

  private Growth() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, IntFunction<String>> shapes = new LinkedHashMap<>();
    shapes.put("clones in a circle", count -> clones(count, count));
    shapes.put("clones in a row, none made", count -> clones(count, count + 1));
    shapes.put("clones of one name", count -> clones(count, count).replaceAll("name_\\d+", "name"));
    shapes.put("nodes in a circle", Growth::nodes);
    OUT.println(
        "Seconds for so many:%n%n| manifests | command | ".formatted()
            + heads("%,d")
            + " |\n| --- | --- | "
            + heads("---:")
            + " |");
    for (String shape : shapes.keySet()) {
      for (String command : COMMANDS) {
        StringBuilder row = new StringBuilder("| %s | %s |".formatted(shape, command));
        for (int count : SIZES) {
          row.append(" %.1f |".formatted(seconds(command, shapes.get(shape).apply(count))));
        }
        OUT.println(row);
      }
    }
  }

  private static String heads(String format) {
    return SIZES.stream().map(format::formatted).collect(Collectors.joining(" | "));
  }

  /** Each a clone of the next, and the last one of the first where it is the one before. */
  private static String clones(int count, int circle) {
    return IntStream.range(0, count)
        .mapToObj(n -> CLONE.formatted(n, (n + 1) % circle, n))
        .collect(Collectors.joining("---\n"));
  }

  private static String nodes(int count) {
    return TAXONOMY.formatted(
        IntStream.range(0, count)
            .mapToObj(n -> NODE.formatted(n, (n + 1) % count))
            .collect(Collectors.joining(",")));
  }

  private static double seconds(String command, String manifests)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("growth", ".yaml");
    try {
      Files.writeString(file, manifests);
      long start = System.nanoTime();
      new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xss4m",
              "-cp",
              System.getProperty("java.class.path"),
              "com.mixpeek.operator.cli.Mixpeek",
              command,
              "-f",
              file.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      return (System.nanoTime() - start) / 1e9;
    } finally {
      Files.delete(file);
    }
  }
}
