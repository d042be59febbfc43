package com.mixpeek.operator.server;

import static com.mixpeek.operator.server.SampleResources.cloneOf;
import static com.mixpeek.operator.server.SampleResources.clones;
import static com.mixpeek.operator.server.SampleResources.isCollection;
import static com.mixpeek.operator.server.SampleResources.overrides;
import static com.mixpeek.operator.server.SampleResources.source;
import static com.mixpeek.operator.server.SampleResources.sources;
import static com.mixpeek.operator.server.SampleResources.spec;
import static com.mixpeek.operator.server.SampleResources.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.ForEachKind;
import com.mixpeek.operator.testing.namespace.JsonResources;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import org.junit.jupiter.api.Test;

/**
 * What is copied is what is stored, number for number, through a real server's own reading of it.
 */
class LosslessOnServerTest {

  @ForEachKind
  void everyValueArrivesAsItWasStored(CatalogKind<?, ?> kind) {
    try (TestNamespace namespace = TestNamespace.onRealServer("lossless copies")) {
      JsonResources resources = namespace.json();
      namespace.startClusterWideOperator();
      ObjectNode origin = source(kind, "origin", "origin_name");
      spec(origin).withObject("/metadata").put("huge", 1e300).put("tiny", -1.5e-300);
      JsonNode stored = resources.create(origin);
      resources.create(cloneOf(kind, "copy", "origin", "copy_name"));
      ObjectNode all = cloneOf(kind, "all", "origin", "all_name");
      overrides(all).setAll(spec(origin).deepCopy().retain(kind.overridable()));
      overrides(all).put(kind.nameField(), "all_name");
      resources.create(all);
      ObjectNode cleared = cloneOf(kind, "cleared", "origin", "cleared_name");
      overrides(cleared).put("description", "");
      resources.create(cleared);
      for (String name : new String[] {"copy", "all", "cleared"}) {
        resources.awaitReason(clones(kind) + "/" + name, Reason.Cloned);
        ObjectNode expected = stored.get("spec").deepCopy();
        expected.put(kind.nameField(), name + "_name");
        if (name.equals("cleared")) {
          expected.put("description", "");
        }
        if (name.equals("all")) {
          expected.remove("inputSchema");
        }
        assertThat(resources.get(sources(kind) + "/" + name).get("spec").toString())
            .isEqualTo(inOrder(expected));
      }
      JsonNode metadata = resources.get(sources(kind) + "/copy").at("/spec/metadata");
      assertThat(metadata.get("big").asText()).isEqualTo("9007199254740993");
      assertThat(metadata.get("small").asText()).isEqualTo("-9223372036854775808");
      assertThat(metadata.get("fraction").asText()).isEqualTo("0.1");
      assertThat(metadata.get("object").toString()).isEqualTo("{}");
      assertThat(metadata.get("list").toString()).isEqualTo("[]");
      assertThat(metadata.get("null").isNull()).isTrue();
      if (isCollection(kind)) {
        assertThat(resources.get("collections/copy").at("/spec/alertApplications").toString())
            .isEqualTo("[]");
      }
    }
  }

  @Test
  void aThousandNodes() {
    try (TestNamespace namespace = TestNamespace.onRealServer("big copies")) {
      JsonResources resources = namespace.json();
      namespace.startClusterWideOperator();
      ObjectNode origin = source(CatalogKind.TAXONOMY, "origin", "origin_name");
      spec(origin).set("config", tree(1000));
      resources.create(origin);
      resources.create(cloneOf(CatalogKind.TAXONOMY, "copy", "origin", "copy_name"));
      resources.awaitReason("taxonomyclones/copy", Reason.Cloned);
      assertThat(resources.get("taxonomies/copy").at("/spec/config")).isEqualTo(tree(1000));
    }
  }

  /** The server writes the keys of each object in alphabetical order. */
  private static String inOrder(ObjectNode expected) {
    ObjectNode sorted = JsonResources.JSON.createObjectNode();
    expected.properties().stream()
        .map(e -> e.getKey())
        .sorted()
        .forEach(key -> sorted.set(key, expected.get(key)));
    return sorted.toString();
  }
}
