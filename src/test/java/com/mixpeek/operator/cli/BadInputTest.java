package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.JsonArbitraries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, commands say in a sentence what is amiss, and never with a stack. */
class BadInputTest {

  private static final List<String> COMMANDS = List.of("render", "validate", "graph");

  /** So many that what grows by the cube does not end. */
  private static final int MANY = 1500;

  private static final String COLLECTION =
      """
      {"apiVersion": "mixpeek.com/v1alpha1", "kind": "Collection", "metadata": {"name": "origin"},
       "spec": {"collectionName": "origin_name", "metadata": %s,
                "source": {"type": "bucket", "bucketIds": ["b"]},
                "featureExtractor": {"featureExtractorName": "x", "version": "v1"}}}
      """;

  private static final String CLONE =
      """
      {"apiVersion": "mixpeek.com/v1alpha1", "kind": "CollectionClone", "metadata": {"name": "%s"},
       "spec": {"sourceRef": {"name": "%s"}, "overrides": {"collectionName": "%s"}}}
      """;

  private static final String LINK =
      """
      {"apiVersion": "mixpeek.com/v1alpha1", "kind": "Collection", "metadata": {"name": "c%d"},
       "spec": {"collectionName": "coll_%d",
                "source": {"type": "collection", %s},
                "featureExtractor": {"featureExtractorName": "x", "version": "v1"}}}
      """;

  private static final String FIRST = "\"collectionId\": \"col_a\"";
  private static final String NEXT = "\"collectionRef\": {\"name\": \"c%d\"}";

  @Property(tries = 100)
  void isReadOrRefused(@ForAll("files") String text) throws IOException {
    check(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Manifests of any shape, and such as are broken by a text anywhere within. */
  @Provide
  Arbitrary<String> files() {
    List<String> fields =
        List.of("apiVersion", "kind", "metadata", "spec", "status", "name", "overrides");
    Arbitrary<String> odd = JsonArbitraries.objectWith(fields).map(JsonNode::toString);
    Arbitrary<String> resources = JsonArbitraries.object().map(o -> COLLECTION.formatted(o));
    Arbitrary<String> clones =
        Combinators.combine(JsonArbitraries.object(), Arbitraries.of("spec", "metadata", "status"))
            .as(BadInputTest::cloneWith);
    Arbitrary<String> whole = Arbitraries.oneOf(odd, resources, clones);
    Arbitrary<String> inserted =
        Arbitraries.oneOf(
            JsonArbitraries.text(),
            Arbitraries.of(
                "\u0000",
                "\ufeff",
                "\u202e",
                "\ud800",
                "---\n",
                "&a ",
                "*a",
                "<<: ",
                "1e9999999999"));
    return Combinators.combine(whole, inserted, Arbitraries.integers().between(0, 300))
        .as(
            (text, more, at) -> {
              int place = Math.min(at, text.length());
              return text.substring(0, place) + more + text.substring(place);
            });
  }

  private static String cloneWith(ObjectNode value, String field) {
    String plain = CLONE.formatted("copy", "origin", "copy_name");
    return plain.replaceFirst("}\\s*$", ", \"" + field + "\": ") + value + "}";
  }

  @Example
  void annotationsThatAreTooLongForWhatIsMade() throws IOException {
    String asked =
        ", \"targetMetadata\": {\"annotations\": {\"note\": \"%s\"}}}}"
            .formatted("a".repeat(262_000));
    String clone = CLONE.formatted("copy", "origin", "copy_name").strip();
    Path file = Files.createTempFile("long", ".yaml");
    try {
      Files.writeString(
          file,
          COLLECTION.formatted("{}") + "---\n" + clone.substring(0, clone.length() - 2) + asked);
      assertThat(MixpeekCommand.run("validate", "-f", file.toString()).out())
          .contains("spec.targetMetadata.annotations: InvalidOverrides: what would result");
    } finally {
      Files.delete(file);
    }
  }

  @Example
  void extremes() throws IOException {
    for (String metadata :
        List.of(
            "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
            "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
            "{\"t\": \"" + "t".repeat(1_500_000) + "\"}",
            "{\"" + "n".repeat(700_000) + "\": 1}",
            "{\"n\": " + "9".repeat(100_000) + "}",
            "{\"n\": [1e400, -1e400, 1e999999999, 1e-999999999, 1e99999999999999999999]}",
            "{\"s\": \"\\ud800\"}")) {
      check((COLLECTION.formatted(metadata) + "---\n" + clone("copy", "origin")).getBytes("UTF-8"));
    }
    check(COLLECTION.formatted("{}").getBytes(StandardCharsets.UTF_16));
    check(new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xd8});
  }

  @Example
  void manyClones() throws IOException {
    for (IntFunction<String> source :
        List.<IntFunction<String>>of(
            n -> "c" + (n + MANY - 1) % MANY,
            n -> "c" + (n + 1),
            n -> "c" + (n - 1),
            n -> "none")) {
      check(
          join(IntStream.range(0, MANY).mapToObj(n -> clone("c" + n, source.apply(n))))
              .getBytes("UTF-8"));
    }
  }

  @Example
  void manyNodes() throws IOException {
    for (int first : List.of(0, 1)) {
      String nodes =
          IntStream.range(first, MANY)
              .mapToObj(
                  n ->
                      "{\"collectionId\": \"n%d\", \"parentCollectionId\": \"n%d\"}"
                          .formatted(n, (n + MANY - 1) % MANY))
              .collect(Collectors.joining(","));
      check(
          """
          {"apiVersion": "mixpeek.com/v1alpha1", "kind": "Taxonomy", "metadata": {"name": "t"},
           "spec": {"taxonomyName": "t_name", "config": {"taxonomyType": "hierarchical",
                    "hierarchicalNodes": [%s]}}}
          """
              .formatted(nodes)
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** So long that neither what calls itself nor what grows by the square ends well. */
  @Example
  void longLineage() throws IOException {
    int length = 5_000;
    List<String> chain =
        IntStream.range(0, length)
            .mapToObj(n -> LINK.formatted(n, n, n == 0 ? FIRST : NEXT.formatted(n - 1)))
            .collect(Collectors.toList());
    Collections.shuffle(chain, new Random(1));
    Path file = Files.createTempFile("lineage", ".yaml");
    try {
      Files.writeString(file, join(chain.stream()));
      String last = "c" + (length - 1);
      CommandResult forked =
          MixpeekCommand.run(
              "fork", last, "--with", "upstream", "--suffix", "-v2", "-f", file.toString());
      assertThat(forked.err()).isEmpty();
      assertThat(forked.out().lines().filter("kind: CollectionClone"::equals)).hasSize(length);
    } finally {
      Files.delete(file);
    }
  }

  /** There are 2^40 ways from the last layer to the first. */
  @Example
  void layers() throws IOException {
    List<String> layers = new ArrayList<>();
    for (int layer = 1; layer <= 40; layer++) {
      for (int side = 0; side < 2; side++) {
        int before = 2 * layer - 2;
        String refs =
            "\"collectionRefs\": [{\"name\": \"c%d\"}, {\"name\": \"c%d\"}]"
                .formatted(before, before + 1);
        int number = 2 * layer + side;
        layers.add(passing(LINK.formatted(number, number, refs)));
      }
    }
    String schema = "\"inputSchema\": {\"properties\": {\"t\": {\"type\": \"text\"}}}, \"source\"";
    for (int number : List.of(0, 1)) {
      layers.add(passing(LINK.formatted(number, number, FIRST)).replace("\"source\"", schema));
    }
    byte[] text = join(layers.stream()).getBytes(StandardCharsets.UTF_8);
    assertTimeoutPreemptively(Duration.ofMinutes(1), () -> check(text));
  }

  private static String passing(String collection) {
    return collection.replace("\"v1\"", "\"v1\", \"includeAllSourceFields\": true");
  }

  private static String clone(String name, String source) {
    return CLONE.formatted(name, source, name + "_name");
  }

  private static String join(Stream<String> documents) {
    return documents.collect(Collectors.joining("---\n"));
  }

  private static void check(byte[] text) throws IOException {
    Path file = Files.createTempFile("bad", ".yaml");
    try {
      Files.write(file, text);
      for (String command : COMMANDS) {
        CommandResult result = MixpeekCommand.run(command, "-f", file.toString());
        assertThat(result.exit()).isIn(ExitCode.FINE, ExitCode.FINDINGS, ExitCode.UNREADABLE);
        assertThat(result.out() + result.err())
            .doesNotContain("fault of kubectl-mixpeek", "Exception", "\tat ");
      }
    } finally {
      Files.delete(file);
    }
  }
}
