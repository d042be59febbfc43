package com.mixpeek.operator.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.JsonArbitraries;
import com.mixpeek.operator.testing.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a source and in overrides: a field given replaces, all else is the source. */
class OverlayPropertiesTest {

  record Case(CatalogKind<?, ?> kind, ObjectNode source, ObjectNode overrides) {}

  @Property(tries = 500)
  void exactlyTheGivenFieldsAreReplaced(@ForAll("cases") Case given) {
    ObjectNode source = given.source();
    ObjectNode overrides = given.overrides();
    JsonNode sourceBefore = source.deepCopy();
    JsonNode overridesBefore = overrides.deepCopy();

    ObjectNode spec = Overlay.spec(given.kind(), source, overrides);

    Set<String> fields = new LinkedHashSet<>();
    source.fieldNames().forEachRemaining(fields::add);
    overrides.fieldNames().forEachRemaining(fields::add);
    int expected = 0;
    for (String field : fields) {
      JsonNode value = value(given, field);
      assertThat(spec.has(field)).as(field).isEqualTo(value != null);
      if (value != null) {
        expected++;
        assertThat(Yaml.same(value, spec.get(field))).as(field).isTrue();
      }
    }
    assertThat(spec.size()).isEqualTo(expected);
    assertThat(source).isEqualTo(sourceBefore);
    assertThat(overrides).isEqualTo(overridesBefore);
  }

  /** What the copy is to have in the field, null for nothing: said once more, and otherwise. */
  private static JsonNode value(Case given, String field) {
    if (field.equals(given.kind().idField())) {
      return null;
    }
    if (given.overrides().hasNonNull(field)) {
      return given.overrides().get(field);
    }
    boolean describesOldSource =
        field.equals("inputSchema")
            && given.kind() == CatalogKind.COLLECTION
            && given.overrides().hasNonNull("source");
    return describesOldSource ? null : given.source().get(field);
  }

  /** Who changes the copy afterwards changes neither the source nor the order. */
  @Property(tries = 100)
  void nothingIsShared(@ForAll("cases") Case given) {
    JsonNode sourceBefore = given.source().deepCopy();
    JsonNode overridesBefore = given.overrides().deepCopy();

    scribble(Overlay.spec(given.kind(), given.source(), given.overrides()));

    assertThat(given.source()).isEqualTo(sourceBefore);
    assertThat(given.overrides()).isEqualTo(overridesBefore);
  }

  private static void scribble(JsonNode node) {
    node.forEach(OverlayPropertiesTest::scribble);
    if (node instanceof ObjectNode object) {
      object.put("scribbled", true);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.of(CatalogKind.COLLECTION, CatalogKind.TAXONOMY)
        .flatMap(
            kind -> {
              List<String> fields = new ArrayList<>(kind.overridable());
              fields.addAll(List.of(kind.idField(), "inputSchema", "retrieverId"));
              return Combinators.combine(
                      JsonArbitraries.objectWith(fields),
                      JsonArbitraries.objectWith(kind.overridable()))
                  .as((source, overrides) -> new Case(kind, source, overrides));
            });
  }
}
