package com.mixpeek.operator.cli.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is found in a manifest without a cluster is what a real API server says to its create, or to
 * an update by it, with strict field validation, field by field and word by word.
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
  private final ServerAnswer server = new ServerAnswer(namespace.json());

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

  @Test
  void ofAnnotationsThatAreTooLong() throws IOException {
    ObjectNode fixture = fixtures(CrdFixture::valid).get(0);
    ObjectNode annotations = fixture.withObject("/metadata").putObject("annotations");
    annotations.put("first", "a".repeat(200_000)).put("b", "ä".repeat(31_069));
    assertThat(differences(List.of(fixture))).isEmpty();
    annotations.put("c", "");
    assertThat(differences(List.of(fixture))).isEmpty();
    assertThat(validator(fixture).create(fixture)).hasSize(1);
  }

  /** A dry run does not come so far as to etcd. */
  @Test
  void ofWhatIsTooLarge() throws IOException {
    ObjectNode fixture = fixtures(CrdFixture::valid).get(0);
    ObjectNode notes = fixture.withObject("/spec/metadata");
    fixture.withObject("/metadata").put("name", "large-" + UUID.randomUUID());
    for (int i = 0; i < 1500; i++) {
      notes.put("note-" + i, "ä".repeat(500));
    }
    assertThat(validator(fixture).create(fixture)).isEmpty();
    namespace.json().create(fixture);
    fixture.withObject("/metadata").put("name", "larger-" + UUID.randomUUID());
    notes.put("more", "x".repeat(60_000));
    assertThat(validator(fixture).create(fixture))
        .singleElement()
        .extracting(Violation::message)
        .asString()
        .startsWith(namespace.json().post(fixture, "").body().path("message").asText() + ": ");
  }

  /** Whose values no fixture has, as only a server writes most of them. */
  @Test
  void ofMetadataOfAWrongType() throws IOException {
    List<ObjectNode> wrong = new ArrayList<>();
    for (String field :
        List.of(
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "finalizers",
            "generation",
            "managedFields",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
            "uid")) {
      for (JsonNode value :
          new ObjectMapper().readTree("[5, 0.5, 1e19, true, null, {}, {\"a\": 1}, [5], [[]]]")) {
        ObjectNode manifest = fixtures(CrdFixture::valid).get(0).deepCopy();
        manifest.withObject("/metadata").set(field, value);
        wrong.add(manifest);
      }
    }
    assertThat(differences(wrong)).isEmpty();
    assertThat(wrong.stream().flatMap(m -> validator(m).create(m).stream())).hasSizeGreaterThan(70);
  }

  @Test
  void ofEachUpdate() throws IOException {
    List<CrdFixture> updates =
        fixtures().filter(fixture -> fixture.change().equals("update")).toList();
    assertThat(updates).hasSizeGreaterThan(60);
    assertThat(updates.stream().map(this::stored).map(this::difference)).allMatch(String::isEmpty);
  }

  @Test
  void ofUpdatesThatAreBrokenInOnePlace() throws IOException {
    long seed = Long.getLong("mixpeek.seed", System.nanoTime());
    List<Update> broken = new ArrayList<>();
    for (CrdFixture fixture :
        fixtures().filter(f -> f.change().equals("update")).filter(CrdFixture::valid).toList()) {
      Update update = stored(fixture);
      JsonNode name = update.sent().at("/metadata/name");
      JsonNode version = update.sent().withObject("/metadata").remove("resourceVersion");
      update.sent().withObject("/metadata/labels").put("team", "search");
      for (ObjectNode sent : BrokenManifests.of(update.sent())) {
        // Under another name it is a wrong request.
        if (sent.at("/metadata/name").equals(name)
            && !renamesOnlyKey(update.stored().get("spec"), sent.path("spec"))) {
          sent.withObject("/metadata").set("resourceVersion", version);
          broken.add(new Update(update.resource(), update.stored(), sent));
        }
      }
    }
    Collections.shuffle(broken, new Random(seed));
    assertThat(
            broken.subList(0, Math.min(BROKEN / 2, broken.size())).stream()
                .map(this::difference)
                .filter(difference -> !difference.isEmpty()))
        .as("-Dmixpeek.seed=" + seed)
        .isEmpty();
  }

  /**
   * Kubernetes 1.36 takes two free-form objects of one size for equal where they have no key in
   * common, and lets such a change of an immutable field pass; it is found here.
   */
  @Test
  void ofAFreeFormKeyThatIsRenamedOnlyTheServerIsSilent() {
    Path file = FIXTURES.resolve("collectionclone/valid-update-after-done-same.yaml");
    Update update = stored(CrdFixture.read(file));
    update.sent().withObject("/spec/overrides").putObject("metadata").put("renamed", 1);

    assertThat(server.toUpdate(update.resource(), update.sent())).isEmpty();
    assertThat(validator(update.sent()).update(update.stored(), update.sent()))
        .extracting(Violation::field)
        .containsExactly("spec.overrides");
  }

  private static boolean renamesOnlyKey(JsonNode before, JsonNode after) {
    if (before == null || !before.isObject() || !after.isObject()) {
      return false;
    }
    String key = before.size() == 1 ? before.fieldNames().next() : "";
    return before.size() == 1 && after.size() == 1 && !after.has(key)
        || after.properties().stream()
            .anyMatch(field -> renamesOnlyKey(before.get(field.getKey()), field.getValue()));
  }

  /** What is sent to replace what is stored. */
  private record Update(String resource, JsonNode stored, ObjectNode sent) {}

  /** Stores what the fixture starts from, under a name of its own. */
  private Update stored(CrdFixture fixture) {
    ObjectNode before = fixture.documents().get(0).deepCopy();
    ObjectNode sent = fixture.documents().get(1).deepCopy();
    String name = "update-" + UUID.randomUUID();
    before.withObject("/metadata").put("name", name);
    sent.withObject("/metadata").put("name", name);
    JsonNode stored = namespace.json().create(before);
    String type = fixture.file().getParent().getFileName().toString();
    String resource = (type.equals("taxonomy") ? "taxonomies" : type + "s") + "/" + name;
    if (before.has("status")) {
      ObjectNode reported = stored.deepCopy();
      reported.set("status", before.get("status"));
      stored = namespace.json().put(resource + "/status", reported).ok();
    }
    sent.withObject("/metadata").set("resourceVersion", stored.at("/metadata/resourceVersion"));
    return new Update(resource, stored, sent);
  }

  private String difference(Update update) {
    // Of metadata in an update it says some things twice.
    List<String> answer = server.toUpdate(update.resource(), update.sent());
    return difference(
        update.sent(),
        answer.stream().distinct().toList(),
        validator(update.sent()).update(update.stored(), update.sent()));
  }

  private List<String> differences(List<ObjectNode> manifests) {
    return manifests.parallelStream()
        .map(this::difference)
        .filter(difference -> !difference.isEmpty())
        .toList();
  }

  private String difference(ObjectNode manifest) {
    return difference(manifest, server.to(manifest), validator(manifest).create(manifest));
  }

  private static CrdValidator validator(ObjectNode manifest) {
    return ShippedCrds.validator(manifest.get("kind").asText());
  }

  private static String difference(
      ObjectNode manifest, List<String> answer, List<Violation> violations) {
    List<String> theirs = new ArrayList<>(answer);
    boolean stopped = theirs.stream().anyMatch(words -> words.contains(ServerAnswer.STOPS));
    List<String> ours = new ArrayList<>(violations.stream().map(Violation::toString).toList());
    List.copyOf(ours).stream().filter(theirs::remove).forEach(ours::remove);
    return theirs.isEmpty() && (ours.isEmpty() || stopped)
        ? ""
        : "%s%n  only the server says: %s%n  only we say: %s".formatted(manifest, theirs, ours);
  }

  private static List<ObjectNode> fixtures(Predicate<CrdFixture> wanted) throws IOException {
    return fixtures()
        .filter(fixture -> fixture.change().equals("create"))
        .filter(wanted)
        .map(fixture -> (ObjectNode) fixture.documents().get(0))
        .toList();
  }

  private static Stream<CrdFixture> fixtures() throws IOException {
    try (Stream<Path> files = Files.walk(FIXTURES)) {
      return files.filter(Files::isRegularFile).sorted().map(CrdFixture::read).toList().stream();
    }
  }
}
