package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphCommandTest {

  private static final String SOURCE =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: Collection
      metadata: {name: articles}
      spec:
        collectionName: articles
        source: {type: bucket, bucketIds: [bkt_a]}
        featureExtractor: {featureExtractorName: text_extractor, version: v1}
      ---
      """;
  private static final String CLONE =
      """
      apiVersion: mixpeek.com/v1alpha1
      kind: CollectionClone
      metadata: {name: copy}
      spec: {sourceRef: {name: articles}, overrides: {collectionName: %s}}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void showsATreeOfWhatComesIn() {
    assertThat(run(SOURCE + CLONE.formatted("articles_v2"), false, "-f", "-")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            Collection articles · articles · ID on creation · in files
            └── Collection copy · articles_v2 · ID on creation · to be made
                  by clone copy, overrides collectionName
            """);
    assertThat(err.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "text, Collection articles",
    "mermaid, flowchart LR",
    "dot, digraph lineage",
    "svg, <svg xmlns",
    "html, <!DOCTYPE html>",
  })
  void writesEachFormat(String format, String start) {
    assertThat(run(SOURCE, false, "-f", "-", "-o", format)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith(start);
    assertThat(err.size()).isZero();
  }

  @Test
  void colourIsForTerminals() {
    run(SOURCE, true, "-f", "-");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\u001b[1mCollection articles");
  }

  @Test
  void aCloneThatMakesNothingIsAFinding() {
    assertThat(run(SOURCE + CLONE.formatted("articles"), false, "-f", "-")).isEqualTo(1);
    assertThat(run(CLONE.formatted("articles_v2"), false, "-f", "-")).isEqualTo(1);
  }

  @Test
  void whatTheApiServerRefusesIsShownAsRefused() {
    assertThat(run(SOURCE + CLONE.formatted("no!"), false, "-f", "-")).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("refused by the API server");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("spec.overrides.collectionName");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                  | give manifests with -f, or --from-cluster",
        "-A                  | give manifests with -f, or --from-cluster",
        "-f - -A             | -A shows a cluster",
        "-f - -o png         | text, mermaid, dot, svg, html",
        "-f no-such-file     | no-such-file does not exist",
      })
  void saysWhatIsWrongWithItsUse(String arguments, String sentence) {
    String[] given = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThat(run(SOURCE, false, given)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(sentence)
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void saysWhereThereIsNothingToShow() {
    assertThat(run("kind: ConfigMap", false, "-f", "-")).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no Collection");
  }

  @Test
  void saysWhereAPictureWouldBeTooLarge() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 2100; i++) {
      many.append(SOURCE.replace("articles", "articles-" + i));
    }
    assertThat(run(many.toString(), false, "-f", "-", "-o", "svg")).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("2,100 things");
  }

  private int run(String in, boolean colour, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "graph";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            colour,
            false);
    return Mixpeek.run(terminal, all);
  }
}
