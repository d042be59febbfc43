package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.isCollection;
import static com.mixpeek.operator.server.Manifests.json;
import static com.mixpeek.operator.server.Manifests.overrides;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static com.mixpeek.operator.server.Manifests.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the API server adds to a resource that nobody has reconciled yet, and what it takes away.
 */
class CrdDefaultsOnServerTest {

  private static final String KINDS = "com.mixpeek.operator.server.Manifests#kinds";
  private static final JsonNode UNSEEN = json("{'observedGeneration': -1}");

  @ParameterizedTest
  @MethodSource(KINDS)
  void onlyTheThreeDefaults(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("the defaults of the CRDs")) {
      ObjectNode resource = source(kind, "origin", "origin_name");
      ObjectNode clone = cloneOf(kind, "copy", "origin", "copy_name");
      overrides(clone).setAll(spec(resource).deepCopy());
      overrides(clone).retain(kind.overridable());
      spec(clone).set("targetMetadata", json("{'labels': {'a': ''}, 'annotations': {}}"));
      scene.create(resource);
      scene.create(clone);

      JsonNode storedResource = scene.get(sources(kind) + "/origin");
      JsonNode storedClone = scene.get(clones(kind) + "/copy");
      if (isCollection(kind)) {
        spec(resource).put("enabled", true);
      }
      spec(clone).put("deletionPolicy", "Retain");
      assertThat(storedResource.get("spec")).isEqualTo(resource.get("spec"));
      assertThat(storedClone.get("spec")).isEqualTo(clone.get("spec"));
      assertThat(storedResource.get("status")).isEqualTo(UNSEEN);
      assertThat(storedClone.get("status")).isEqualTo(UNSEEN);
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void nullsAreFieldsLeftOut(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("nulls in overrides")) {
      ObjectNode clone = cloneOf(kind, "copy", "origin", "copy_name");
      kind.overridable().stream()
          .filter(field -> !field.equals(kind.nameField()))
          .forEach(field -> overrides(clone).putNull(field));
      spec(clone).putNull("targetName").putNull("suspend").putNull("deletionPolicy");
      JsonNode stored = scene.create(clone);
      assertThat(stored.at("/spec/overrides"))
          .isEqualTo(json("{'%s': 'copy_name'}".formatted(kind.nameField())));
      assertThat(stored.at("/spec/deletionPolicy").asText()).isEqualTo("Retain");
      assertThat(stored.get("spec").has("targetName")).isFalse();
      assertThat(stored.get("spec").has("suspend")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void nullsThatAreValuesStay(CatalogKind<?, ?> kind) {
    String value =
        isCollection(kind)
            ? "/featureExtractor/fieldPassthrough/0/default"
            : "/config/inputMappings/0/override";
    try (Scene scene = new Scene("nulls that are values")) {
      ObjectNode resource = source(kind, "origin", "origin_name");
      ObjectNode clone = cloneOf(kind, "copy", "origin", "copy_name");
      String field = value.split("/")[1];
      overrides(clone).set(field, spec(resource).get(field));
      JsonNode storedResource = scene.create(resource);
      JsonNode storedClone = scene.create(clone);
      assertThat(storedResource.at("/spec" + value).isNull()).isTrue();
      assertThat(storedResource.at("/spec/metadata/null").isNull()).isTrue();
      assertThat(storedClone.at("/spec/overrides" + value).isNull()).isTrue();
    }
  }
}
