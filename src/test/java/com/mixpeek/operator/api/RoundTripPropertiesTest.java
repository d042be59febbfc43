package com.mixpeek.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.testing.JsonArbitraries;
import com.mixpeek.operator.testing.Yaml;
import io.fabric8.kubernetes.client.utils.Serialization;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the client reads it can write again: nothing is lost and no number is spelled anew. */
class RoundTripPropertiesTest {

  @Property(tries = 300)
  void specsSurvive(@ForAll("objects") ObjectNode spec) {
    survives(Collection.class, spec);
    survives(Taxonomy.class, spec);
  }

  @Property(tries = 300)
  void ordersSurvive(@ForAll("objects") ObjectNode ref, @ForAll("objects") ObjectNode overrides) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    spec.set("sourceRef", ref);
    spec.set("overrides", overrides);
    survives(CollectionClone.class, spec);
    survives(TaxonomyClone.class, spec);
  }

  private static void survives(Class<?> type, ObjectNode spec) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("apiVersion", "mixpeek.com/v1alpha1").put("kind", type.getSimpleName());
    json.putObject("metadata").put("name", "it").put("namespace", "production");
    json.set("spec", spec);

    JsonNode again = Yaml.tree(Serialization.unmarshal(json.toString(), type));

    assertThat(Yaml.same(again.path("spec"), Yaml.parse(spec.toString())))
        .as("%s%nwas%n%s", again.path("spec"), spec)
        .isTrue();
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return JsonArbitraries.object();
  }
}
