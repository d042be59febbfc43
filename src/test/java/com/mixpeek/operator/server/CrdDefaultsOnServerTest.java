package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.isCollection;
import static com.mixpeek.operator.server.SampleResources.overrides;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static com.mixpeek.operator.testing.namespace.JsonResources.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;

/**
 * What the API server adds to a resource that nobody has reconciled yet, and what it takes away.
 */
class CrdDefaultsOnServerTest {

  private static final JsonNode UNSEEN = json("{'observedGeneration': -1}");

  @ForEachKind
  void onlyTheThreeDefaults(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("the defaults of the CRDs")) {
      JsonResources resources = namespace.json();
      ObjectNode resource = source(kind, "origin", "origin_name");
      ObjectNode clone = cloneOf(kind, "copy", "origin", "copy_name");
      overrides(clone).setAll(spec(resource).deepCopy());
      overrides(clone).retain(kind.overridable());
      spec(clone).set("targetMetadata", json("{'labels': {'a': ''}, 'annotations': {}}"));
      resources.create(resource);
      resources.create(clone);

      JsonNode storedResource = resources.get(sources(kind) + "/origin");
      JsonNode storedClone = resources.get(clones(kind) + "/copy");
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

  @ForEachKind
  void nullsAreFieldsLeftOut(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("nulls in overrides")) {
      JsonResources resources = namespace.json();
      ObjectNode clone = cloneOf(kind, "copy", "origin", "copy_name");
      kind.overridable().stream()
          .filter(field -> !field.equals(kind.nameField()))
          .forEach(field -> overrides(clone).putNull(field));
      spec(clone).putNull("targetName").putNull("suspend").putNull("deletionPolicy");
      JsonNode stored = resources.create(clone);
      assertThat(stored.at("/spec/overrides"))
          .isEqualTo(json("{'%s': 'copy_name'}".formatted(kind.nameField())));
      assertThat(stored.at("/spec/deletionPolicy").asText()).isEqualTo("Retain");
      assertThat(stored.get("spec").has("targetName")).isFalse();
      assertThat(stored.get("spec").has("suspend")).isFalse();
    }
  }

  @ForEachKind
  void nullsThatAreValuesStay(CatalogKind<?, ?> kind) {
    String value =
        isCollection(kind)
            ? "/featureExtractor/fieldPassthrough/0/default"
            : "/config/inputMappings/0/override";
    try (TestNamespace namespace = TestNamespace.onRealServer("nulls that are values")) {
      JsonResources resources = namespace.json();
      ObjectNode resource = source(kind, "origin", "origin_name");
      ObjectNode clone = cloneOf(kind, "copy", "origin", "copy_name");
      String field = value.split("/")[1];
      overrides(clone).set(field, spec(resource).get(field));
      JsonNode storedResource = resources.create(resource);
      JsonNode storedClone = resources.create(clone);
      assertThat(storedResource.at("/spec" + value).isNull()).isTrue();
      assertThat(storedResource.at("/spec/metadata/null").isNull()).isTrue();
      assertThat(storedClone.at("/spec/overrides" + value).isNull()).isTrue();
    }
  }
}
