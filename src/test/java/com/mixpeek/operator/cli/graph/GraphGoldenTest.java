package com.mixpeek.operator.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of {@code src/test/resources/graph} is a case: {@code in.yaml}, and what comes of it
 * as text, Mermaid and DOT. That of the examples has no input of its own.
 */
class GraphGoldenTest {

  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  @TestFactory
  Stream<DynamicTest> scenarios() throws IOException {
    try (Stream<Path> folders = Files.list(GraphFixtures.FOLDER)) {
      List<Path> sorted = folders.sorted().toList();
      assertThat(sorted).hasSizeGreaterThan(5);
      return sorted.stream()
          .map(f -> dynamicTest(f.getFileName().toString(), f.toUri(), () -> check(f)));
    }
  }

  private static void check(Path folder) throws IOException {
    Path input = folder.endsWith("examples") ? GraphFixtures.EXAMPLES : folder.resolve("in.yaml");
    Lineage lineage = GraphFixtures.of(input);
    Map<String, String> written =
        Map.of(
            "out.txt", GraphFixtures.text(lineage),
            "out.mmd", Mermaid.write(lineage),
            "out.dot", Dot.write(lineage));
    for (Map.Entry<String, String> file : written.entrySet()) {
      Path golden = folder.resolve(file.getKey());
      if (WRITE) {
        Files.writeString(golden, file.getValue());
      }
      assertThat(file.getValue()).as(golden.toString()).isEqualTo(Files.readString(golden));
    }
  }
}
