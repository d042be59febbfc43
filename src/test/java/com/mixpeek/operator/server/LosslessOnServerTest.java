package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.Manifests.cloneOf;
import static com.mixpeek.operator.server.Manifests.clones;
import static com.mixpeek.operator.server.Manifests.isCollection;
import static com.mixpeek.operator.server.Manifests.overrides;
import static com.mixpeek.operator.server.Manifests.source;
import static com.mixpeek.operator.server.Manifests.sources;
import static com.mixpeek.operator.server.Manifests.spec;
import static com.mixpeek.operator.server.Manifests.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is copied is what is stored, number for number, through a real server's own reading of it.
 */
class LosslessOnServerTest {

  @ParameterizedTest
  @MethodSource("com.mixpeek.operator.server.Manifests#kinds")
  void everyValueArrivesAsItWasStored(CatalogKind<?, ?> kind) {
    try (Scene scene = new Scene("lossless copies")) {
      scene.startOperator();
      ObjectNode origin = source(kind, "origin", "origin_name");
      spec(origin).withObject("/metadata").put("huge", 1e300).put("tiny", -1.5e-300);
      JsonNode stored = scene.create(origin);
      scene.create(cloneOf(kind, "copy", "origin", "copy_name"));
      ObjectNode all = cloneOf(kind, "all", "origin", "all_name");
      overrides(all).setAll(spec(origin).deepCopy().retain(kind.overridable()));
      overrides(all).put(kind.nameField(), "all_name");
      scene.create(all);
      ObjectNode cleared = cloneOf(kind, "cleared", "origin", "cleared_name");
      overrides(cleared).put("description", "");
      scene.create(cleared);
      for (String name : new String[] {"copy", "all", "cleared"}) {
        scene.awaitReason(clones(kind) + "/" + name, Reason.Cloned);
        ObjectNode expected = stored.get("spec").deepCopy();
        expected.put(kind.nameField(), name + "_name");
        if (name.equals("cleared")) {
          expected.put("description", "");
        }
        if (name.equals("all")) {
          expected.remove("inputSchema");
        }
        assertThat(scene.get(sources(kind) + "/" + name).get("spec").toString())
            .isEqualTo(inOrder(expected));
      }
      JsonNode metadata = scene.get(sources(kind) + "/copy").at("/spec/metadata");
      assertThat(metadata.get("big").asText()).isEqualTo("9007199254740993");
      assertThat(metadata.get("small").asText()).isEqualTo("-9223372036854775808");
      assertThat(metadata.get("fraction").asText()).isEqualTo("0.1");
      assertThat(metadata.get("object").toString()).isEqualTo("{}");
      assertThat(metadata.get("list").toString()).isEqualTo("[]");
      assertThat(metadata.get("null").isNull()).isTrue();
      if (isCollection(kind)) {
        assertThat(scene.get("collections/copy").at("/spec/alertApplications").toString())
            .isEqualTo("[]");
      }
    }
  }

  @Test
  void aThousandNodes() {
    try (Scene scene = new Scene("big copies")) {
      scene.startOperator();
      ObjectNode origin = source(CatalogKind.TAXONOMY, "origin", "origin_name");
      spec(origin).set("config", tree(1000));
      scene.create(origin);
      scene.create(cloneOf(CatalogKind.TAXONOMY, "copy", "origin", "copy_name"));
      scene.awaitReason("taxonomyclones/copy", Reason.Cloned);
      assertThat(scene.get("taxonomies/copy").at("/spec/config")).isEqualTo(tree(1000));
    }
  }

  /** The server writes the keys of each object in alphabetical order. */
  private static String inOrder(ObjectNode expected) {
    ObjectNode sorted = Manifests.JSON.createObjectNode();
    expected.properties().stream()
        .map(e -> e.getKey())
        .sorted()
        .forEach(key -> sorted.set(key, expected.get(key)));
    return sorted.toString();
  }
}
