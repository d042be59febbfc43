package com.mixpeek.operator.cli;

import static com.mixpeek.operator.testing.namespace.JsonResources.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.References;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.validation.ShippedCrds;
import com.mixpeek.operator.testing.CommandResult;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The clones that {@code kubectl-mixpeek fork} wrote, in a namespace with what they copy. */
record ForkedLineage(TestNamespace namespace, List<Manifest> clones) {

  static final Path FOLDER = Path.of("src", "test", "resources", "fork");

  /** Reads what the command printed; fails if it found anything. */
  static List<Manifest> read(Path folder, CommandResult result) throws IOException {
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    Path file = Files.writeString(Files.createTempFile(folder, "fork", ".yaml"), result.out());
    return ManifestApplier.read(file);
  }

  /** Creates them, and others beside, in an order by chance. */
  void create(List<Manifest> others, Random random) {
    List<Manifest> all = new ArrayList<>(clones);
    all.addAll(others);
    Collections.shuffle(all, random);
    for (Manifest manifest : all) {
      // The embedded server fills in nothing.
      ObjectNode content =
          namespace.server().real()
              ? manifest.content()
              : ShippedCrds.completed(manifest.kind(), manifest.content());
      namespace.json().post(content, "?fieldValidation=Strict").ok();
    }
  }

  /**
   * Waits until all are done, and compares each copy with its original.
   *
   * @return the IDs of the copies, by plural and name
   */
  Map<String, String> copiesPointAtCopies() {
    JsonResources resources = namespace.json();
    Map<String, String> copyById = new HashMap<>();
    Map<String, String> copies = new HashMap<>();
    for (Manifest clone : clones) {
      resources.awaitReason(plural(clone.kind()) + "/" + clone.name(), Reason.Cloned);
      String copy = resource(clone) + "/" + clone.name();
      String id = id(resources.awaitReason(copy, Reason.Assigned));
      copyById.put(id(resources.awaitReason(original(clone), Reason.Assigned)), id);
      copies.put(copy, id);
    }
    for (Manifest clone : clones) {
      JsonNode original = resources.get(original(clone));
      JsonNode copy = resources.get(resource(clone) + "/" + clone.name());
      assertThat(ids(copy))
          .as(clone.toString())
          .isEqualTo(ids(original).stream().map(id -> copyById.getOrDefault(id, id)).toList());
      for (String same : List.of("description", "featureExtractor", "enabled")) {
        assertThat(copy.path("spec").path(same)).isEqualTo(original.path("spec").path(same));
      }
    }
    return copies;
  }

  /** The IDs of all that a resource points at, by ID or by a name that is resolved. */
  private static List<String> ids(JsonNode resource) {
    return References.all(resource.get("spec")).stream()
        .map(reference -> reference.isByName() ? resolved(resource, reference) : reference.id())
        .toList();
  }

  private static String resolved(JsonNode resource, Reference reference) {
    return stream(resource.at("/status/references"))
        .filter(entry -> entry.path("field").asText().equals(reference.field()))
        .map(entry -> entry.path("id").asText())
        .findFirst()
        .orElseThrow(() -> new AssertionError(reference + " is not resolved"));
  }

  private static String original(Manifest clone) {
    return resource(clone) + "/" + clone.content().at("/spec/sourceRef/name").asText();
  }

  private static String resource(Manifest clone) {
    return plural(clone.kind().replace("Clone", ""));
  }

  static String plural(String kind) {
    return (kind.toLowerCase() + "s").replace("ys", "ies");
  }

  private static String id(JsonNode resource) {
    JsonNode status = resource.get("status");
    return status.path("collectionId").asText(status.path("taxonomyId").asText());
  }
}
