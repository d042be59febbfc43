package com.mixpeek.operator.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.graphper.api.Graphviz;
import org.graphper.parser.DotParser;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Another reader of DOT sees as many things and arrows, and the same words. */
  @ParameterizedTest
  @ValueSource(strings = {"exported", "hostile", "circle", "namespaces", "waiting"})
  void dotIsReadAgain(String scenario) throws Exception {
    Lineage lineage = GraphFixtures.of(GraphFixtures.FOLDER.resolve(scenario));

    Graphviz read = DotParser.parse(Dot.write(lineage));

    List<org.graphper.api.Node> nodes =
        StreamSupport.stream(read.nodes().spliterator(), false).distinct().toList();
    assertThat(nodes).hasSameSizeAs(lineage.nodes().keySet());
    assertThat(read.lines()).hasSameSizeAs(lineage.edges());
    List<String> labels = nodes.stream().map(n -> n.nodeAttrs().getLabel()).toList();
    for (Node node : lineage.nodes().values()) {
      // Of two backslashes the reader makes none.
      String said = String.join("\n", node.lines()).replace("\\", "");
      assertThat(labels).anySatisfy(l -> assertThat(l.replace("\\", "")).isEqualTo(said));
    }
  }

  /** Everything between quotes is of letters, digits, blanks and entities. */
  @ParameterizedTest
  @ValueSource(strings = {"exported", "hostile", "circle", "namespaces", "waiting"})
  void mermaidHasNothingButItsOwnMarks(String scenario) {
    Lineage lineage = GraphFixtures.of(GraphFixtures.FOLDER.resolve(scenario));

    List<String> lines = Mermaid.write(lineage).lines().toList();

    String label = "\"([\\p{L}\\p{N} .,/\\-_()·…→]|#\\d+;|<br/>)*\"";
    assertThat(lines.get(0)).isEqualTo("flowchart LR");
    assertThat(lines.subList(1, lines.size()))
        .allMatch(
            line ->
                line.matches("  n\\d+[\\[({]+" + label + "[\\])}]+:::[a-z]+")
                    || line.matches("  n\\d+ -[.-]*->(\\|" + label + "\\|)? n\\d+")
                    || line.matches("  classDef [a-z]+ [a-z0-9:#, -]+"));
  }

  @Test
  void noLineOfTextHoldsWhatDrivesATerminal() {
    String text = GraphFixtures.text(GraphFixtures.of(GraphFixtures.FOLDER.resolve("hostile")));

    assertThat(text.replace("\n", "").codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT);
    assertThat(text).contains("�[31mred");
  }

  @Test
  void everyThingIsShownInFullOnce() {
    Lineage lineage = GraphFixtures.of(GraphFixtures.EXAMPLES);
    List<String> lines =
        GraphFixtures.text(lineage).lines().map(l -> l.replaceFirst("^[│├└─ ]+", "")).toList();

    for (Node node : lineage.nodes().values()) {
      assertThat(lines).filteredOn(l -> l.startsWith(node.title() + " · ")).hasSize(1);
    }
    assertThat(lines).anyMatch(l -> l.startsWith("→ ") && l.contains("shown above"));
  }

  /** A chain of thousands is deeper than a stack, a crowd wider than what is quadratic bears. */
  @Test
  void thousandsAreWrittenAtOnce() {
    StringBuilder crowd = new StringBuilder(GraphFixtures.collection("c-0"));
    for (int i = 1; i < 3000; i++) {
      crowd.append(GraphFixtures.clone("c-" + i, "c-" + i / 10));
    }
    for (String yaml : List.of(GraphFixtures.chain(2000), crowd.toString())) {
      Lineage lineage = GraphFixtures.of(yaml);
      for (Function<Lineage, String> writer :
          List.<Function<Lineage, String>>of(GraphFixtures::text, Mermaid::write, Dot::write)) {
        String written =
            Assertions.assertTimeoutPreemptively(PATIENCE, () -> writer.apply(lineage));
        assertThat(written).contains("c-1999");
      }
    }
  }

  @Test
  void mermaidIsTooLargeWhereItsReadersRefuseIt() {
    Lineage few = GraphFixtures.of(GraphFixtures.chain(100));
    Lineage many = GraphFixtures.of(GraphFixtures.chain(502));

    assertThat(Mermaid.isTooLarge(few, Mermaid.write(few))).isFalse();
    assertThat(Mermaid.isTooLarge(many, Mermaid.write(many))).isTrue();
  }

  @Test
  void idsThatAreYetToBeAssignedAreNotShown() {
    Lineage lineage =
        GraphFixtures.of(GraphFixtures.collection("a") + GraphFixtures.clone("b", "a"));

    assertThat(GraphFixtures.text(lineage))
        .doesNotContain("col_", "provisional")
        .contains("a · ID on creation · in files")
        .contains("b · ID on creation · to be made");
  }
}
