package com.mixpeek.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.JsonArbitraries;
import com.mixpeek.operator.testing.namespace.ApiResponse;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever stands in specs, the reconcilers throw nothing, tell something of each that they can
 * read, and go on with the others. The server of this test keeps what a real one would refuse.
 */
class ArbitraryObjectsTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int EACH = 60;

  /** A Collection or Taxonomy, and the {@code sourceRef} and {@code overrides} of a clone. */
  record Specs(CatalogKind<?, ?> kind, ObjectNode spec, ObjectNode ref, ObjectNode overrides) {}

  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void stopNothing(@ForAll("lists") List<Specs> specs) {
    try (TestNamespace namespace =
        new TestNamespace(TestServer.EMBEDDED.orSkip("arbitrary objects"))) {
      List<String> paths = new ArrayList<>();
      namespace.startOperator();
      for (int i = 0; i < specs.size(); i++) {
        paths.addAll(create(namespace, i, specs.get(i)));
      }
      assertThat(paths).hasSizeGreaterThan(specs.size());
      for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
        clonePlain(namespace, kind);
      }
      // What cannot be read is told of in the log and a metric alone.
      int unreadable = unreadable(namespace);
      assertThat(unreadable).isLessThan(paths.size() / 2);
      Predicate<String> silent =
          path -> namespace.json().get(path).at("/status/conditions").isEmpty();
      await()
          .atMost(TestNamespace.PATIENCE)
          .untilAsserted(
              () -> assertThat(paths.stream().filter(silent)).hasSizeLessThanOrEqualTo(unreadable));
      assertThat(failures(namespace)).isEmpty();
    }
  }

  private static void clonePlain(TestNamespace namespace, CatalogKind<?, ?> kind) {
    ObjectNode spec = JSON.objectNode().put(kind.nameField(), "plain_name");
    create(namespace, kind.resourceType(), "plain", spec);
    ObjectNode clone = JSON.objectNode();
    clone.putObject("sourceRef").put("name", "plain");
    clone.putObject("overrides").put(kind.nameField(), "plain_copy_name");
    String path = create(namespace, kind.cloneType(), "plain-copy", clone).get(0);
    await()
        .atMost(TestNamespace.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(namespace.json().get(path).at("/status/conditions/0/reason").asText())
                    .isEqualTo(Reason.Cloned.name()));
  }

  @Provide
  Arbitrary<List<Specs>> lists() {
    return Arbitraries.of(CatalogKind.ALL).flatMap(ArbitraryObjectsTest::specs).list().ofSize(EACH);
  }

  private static Arbitrary<Specs> specs(CatalogKind<?, ?> kind) {
    Set<String> fields = new TreeSet<>(kind.overridable());
    fields.add(kind.idField());
    fields.add("connectionRef");
    fields.add("deletionPolicy");
    Arbitrary<ObjectNode> spec = nested(fields);
    Arbitrary<ObjectNode> ref =
        Arbitraries.oneOf(
            Arbitraries.just(JSON.objectNode().put("name", "plain")),
            JsonArbitraries.objectWith(Set.of("name", kind.nameField(), kind.idField())));
    Arbitrary<ObjectNode> overrides = nested(fields);
    return Combinators.combine(spec, ref, overrides)
        .as((s, r, o) -> new Specs(kind, named(kind, s), r, o));
  }

  /** Known fields on two levels, as what is read of a spec stands on either. */
  private static Arbitrary<ObjectNode> nested(Set<String> fields) {
    Set<String> inner =
        Set.of(
            "type",
            "taxonomyType",
            "collectionId",
            "collectionRef",
            "collectionRefs",
            "hierarchicalNodes",
            "parentCollectionId",
            "parentCollectionRef",
            "inferenceStrategy",
            "name");
    return Combinators.combine(
            JsonArbitraries.objectWith(fields),
            JsonArbitraries.objectWith(inner),
            Arbitraries.of(fields))
        .as(
            (outer, within, field) -> {
              outer.set(field, within);
              return outer;
            });
  }

  /** As a real server asks for a text, and what has none is told the same each time. */
  private static ObjectNode named(CatalogKind<?, ?> kind, ObjectNode spec) {
    JsonNode name = spec.path(kind.nameField());
    return name.isTextual() ? spec : spec.put(kind.nameField(), "name_of_one");
  }

  private static List<String> create(TestNamespace namespace, int number, Specs specs) {
    ObjectNode clone = JSON.objectNode();
    clone.set("sourceRef", specs.ref());
    clone.set("overrides", specs.overrides());
    List<String> paths = new ArrayList<>();
    paths.addAll(create(namespace, specs.kind().resourceType(), "r-" + number, specs.spec()));
    paths.addAll(create(namespace, specs.kind().cloneType(), "c-" + number, clone));
    return paths;
  }

  private static List<String> create(
      TestNamespace namespace, Class<? extends HasMetadata> type, String name, ObjectNode spec) {
    ObjectNode body =
        JSON.objectNode()
            .put("apiVersion", "mixpeek.com/v1alpha1")
            .put("kind", type.getSimpleName());
    body.putObject("metadata").put("name", name);
    body.set("spec", spec);
    ApiResponse response = namespace.json().post(body);
    return response.code() == 201 ? List.of(HasMetadata.getPlural(type) + "/" + name) : List.of();
  }

  private static int unreadable(TestNamespace namespace) {
    return namespace.operator().metrics().get("mixpeek.unreadable.resources").gauges().stream()
        .mapToInt(gauge -> (int) gauge.value())
        .sum();
  }

  /** The counters of reconciliations that threw something. */
  private static List<String> failures(TestNamespace namespace) {
    return namespace.operator().metrics().getMeters().stream()
        .filter(meter -> meter.getId().getName().matches(".*(failure|retries).*"))
        .filter(meter -> meter.measure().iterator().next().getValue() > 0)
        .map(meter -> meter.getId().toString())
        .toList();
  }
}
