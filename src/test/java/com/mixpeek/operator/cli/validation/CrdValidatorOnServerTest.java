package com.mixpeek.operator.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is found in a manifest without a cluster is what a real API server says to its create with
 * strict field validation, field by field and word by word.
 *
 * <p>Three differences are meant: that rules were not asked is not said; the field of a number out
 * of range, which the server names in the sentence only, is named; and metadata of a wrong type,
 * where the server stops, hides nothing.
 */
class CrdValidatorOnServerTest {

  private static final Path FIXTURES = Path.of("src/test/resources/crd");
  private static final int BROKEN = Integer.getInteger("mixpeek.broken", 1500);

  private final TestNamespace namespace =
      TestNamespace.onRealServer("findings in the API server's words");
  private final CreateAnswer server = new CreateAnswer(namespace.json());

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void ofEachFixture() throws IOException {
    List<ObjectNode> fixtures = fixtures(fixture -> true);
    assertThat(fixtures).hasSizeGreaterThan(400);
    assertThat(differences(fixtures)).isEmpty();
  }

  @Test
  void ofManifestsThatAreBrokenInOnePlace() throws IOException {
    long seed = Long.getLong("mixpeek.seed", System.nanoTime());
    List<ObjectNode> broken = new ArrayList<>();
    for (ObjectNode valid : fixtures(CrdFixture::valid)) {
      valid.withObject("/metadata/labels").put("team", "search");
      valid.withObject("/metadata/annotations").put("note", "A sentence.");
      broken.addAll(BrokenManifests.of(valid));
    }
    Collections.shuffle(broken, new Random(seed));
    List<ObjectNode> some = broken.subList(0, Math.min(BROKEN, broken.size()));
    assertThat(differences(some)).as("-Dmixpeek.seed=" + seed).isEmpty();
  }

  private List<String> differences(List<ObjectNode> manifests) {
    return manifests.parallelStream()
        .map(this::difference)
        .filter(difference -> !difference.isEmpty())
        .toList();
  }

  private String difference(ObjectNode manifest) {
    List<String> theirs = new ArrayList<>(server.to(manifest));
    boolean stopped = theirs.stream().anyMatch(words -> words.contains(CreateAnswer.STOPS));
    List<String> ours = new ArrayList<>();
    ShippedCrds.validator(manifest.get("kind").asText())
        .create(manifest)
        .forEach(finding -> ours.add(finding.toString()));
    List.copyOf(ours).stream().filter(theirs::remove).forEach(ours::remove);
    return theirs.isEmpty() && (ours.isEmpty() || stopped)
        ? ""
        : "%s%n  only the server says: %s%n  only we say: %s".formatted(manifest, theirs, ours);
  }

  private static List<ObjectNode> fixtures(Predicate<CrdFixture> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(FIXTURES)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(CrdFixture::read)
          .filter(fixture -> fixture.change().equals("create"))
          .filter(wanted)
          .map(fixture -> (ObjectNode) fixture.documents().get(0))
          .toList();
    }
  }
}
