package com.mixpeek.operator.clone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CloneSpec;
import com.mixpeek.operator.testing.JsonArbitraries;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Two orders have one digest if and only if they say the same. */
class DigestPropertiesTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Property(tries = 300)
  void theOrderOfKeysSaysNothing(@ForAll("objects") ObjectNode overrides) {
    assertThat(digest((ObjectNode) reversed(overrides))).isEqualTo(digest(overrides));
  }

  @Property(tries = 300)
  void theSpellingOfNumbersSaysNothing(@ForAll("objects") ObjectNode overrides) {
    assertThat(digest((ObjectNode) respelled(overrides))).isEqualTo(digest(overrides));
  }

  @Property(tries = 300)
  void nullAtTheTopIsAbsent(@ForAll("objects") ObjectNode overrides, @ForAll("texts") String name) {
    Assume.that(!overrides.has(name));
    ObjectNode more = overrides.deepCopy();
    more.set(name, JSON.nullNode());
    assertThat(digest(more)).isEqualTo(digest(overrides));
  }

  @Property(tries = 300)
  void nullBelowTheTopIsAbsent(
      @ForAll("objects") ObjectNode overrides, @ForAll("texts") String name) {
    Assume.that(!overrides.has(name));
    ObjectNode one = JSON.objectNode().set("metadata", overrides);
    ObjectNode other = one.deepCopy();
    ((ObjectNode) other.get("metadata")).set(name, JSON.nullNode());
    assertThat(digest(other)).isEqualTo(digest(one));
  }

  @Test
  void nullInAListIsAnElement() {
    ObjectNode one = JSON.objectNode();
    one.putArray("list").add(1);
    ObjectNode other = JSON.objectNode();
    other.putArray("list").add(1).addNull();
    assertThat(digest(other)).isNotEqualTo(digest(one));
  }

  @Property(tries = 600)
  void anyOtherValueAnywhereIsAnotherOrder(
      @ForAll("objects") ObjectNode overrides,
      @ForAll("values") JsonNode value,
      @ForAll int where) {
    ObjectNode changed = overrides.deepCopy();
    List<Runnable> changes = new ArrayList<>();
    collect(changed, value, changes);
    Assume.that(!changes.isEmpty());
    changes.get(Math.floorMod(where, changes.size())).run();
    Assume.that(!saysTheSame(withoutNulls(overrides), withoutNulls(changed)));

    assertThat(digest(changed)).isNotEqualTo(digest(overrides));
  }

  @Property(tries = 100)
  void whatIsReferredToAndWhatIsOverriddenAreNotConfused(@ForAll("objects") ObjectNode some) {
    Assume.that(!withoutNulls(some).isEmpty());
    CloneSpec one = spec(some);
    CloneSpec other = new CloneSpec();
    other.setOverrides(one.getSourceRef());
    other.setSourceRef(one.getOverrides());
    Assume.that(!saysTheSame(withoutNulls(some), one.getSourceRef()));
    assertThat(Digest.of(other)).isNotEqualTo(Digest.of(one));
  }

  @Property(tries = 200)
  void nothingIsModified(@ForAll("objects") ObjectNode overrides) {
    JsonNode before = overrides.deepCopy();
    digest(overrides);
    assertThat(overrides).isEqualTo(before);
  }

  private static String digest(ObjectNode overrides) {
    return Digest.of(spec(overrides));
  }

  private static CloneSpec spec(ObjectNode overrides) {
    CloneSpec spec = new CloneSpec();
    spec.setSourceRef(JSON.objectNode().put("name", "source"));
    spec.setOverrides(overrides);
    return spec;
  }

  private static JsonNode reversed(JsonNode node) {
    if (node.isObject()) {
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      Collections.reverse(names);
      ObjectNode copy = JSON.objectNode();
      names.forEach(name -> copy.set(name, reversed(node.get(name))));
      return copy;
    }
    return mapped(node, DigestPropertiesTest::reversed);
  }

  /** 1 as 1.0, and 0.1 as 0.10. */
  private static JsonNode respelled(JsonNode node) {
    if (node.isNumber()) {
      BigDecimal value = new BigDecimal(node.asText());
      return DecimalNode.valueOf(value.setScale(Math.max(value.scale(), 0) + 1));
    }
    return mapped(node, DigestPropertiesTest::respelled);
  }

  private static JsonNode mapped(JsonNode node, UnaryOperator<JsonNode> mapping) {
    if (node.isObject()) {
      ObjectNode copy = JSON.objectNode();
      node.properties().forEach(e -> copy.set(e.getKey(), mapping.apply(e.getValue())));
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = JSON.arrayNode();
      node.forEach(element -> copy.add(mapping.apply(element)));
      return copy;
    }
    return node;
  }

  /** Every place at which a value stands, as what puts another one there. */
  private static void collect(JsonNode node, JsonNode value, List<Runnable> changes) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(e -> changes.add(() -> object.set(e.getKey(), value)));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        changes.add(() -> array.set(index, value));
      }
    }
    node.forEach(child -> collect(child, value, changes));
  }

  /** Without the fields that are null, at every depth. */
  private static ObjectNode withoutNulls(ObjectNode node) {
    return (ObjectNode) cleared(node);
  }

  private static JsonNode cleared(JsonNode node) {
    if (node.isObject()) {
      ObjectNode copy = JSON.objectNode();
      node.properties().stream()
          .filter(e -> !e.getValue().isNull())
          .forEach(e -> copy.set(e.getKey(), cleared(e.getValue())));
      return copy;
    }
    return mapped(node, DigestPropertiesTest::cleared);
  }

  private static boolean saysTheSame(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return isStoredAlike(new BigDecimal(one.asText()), new BigDecimal(other.asText()));
    }
    if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
      return false;
    }
    if (one.isObject()) {
      return one.properties().stream()
          .allMatch(e -> other.has(e.getKey()) && saysTheSame(e.getValue(), other.get(e.getKey())));
    }
    if (one.isArray()) {
      Iterator<JsonNode> others = other.iterator();
      for (JsonNode element : one) {
        if (!saysTheSame(element, others.next())) {
          return false;
        }
      }
      return true;
    }
    return one.equals(other);
  }

  /** An API server keeps what is no whole number of 64 bits as the double that is nearest. */
  private static boolean isStoredAlike(BigDecimal one, BigDecimal other) {
    return one.compareTo(other) == 0
        || !isLong(one) && !isLong(other) && one.doubleValue() == other.doubleValue();
  }

  private static boolean isLong(BigDecimal number) {
    try {
      number.longValueExact();
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return JsonArbitraries.object();
  }

  @Provide
  Arbitrary<JsonNode> values() {
    return JsonArbitraries.value();
  }

  @Provide
  Arbitrary<String> texts() {
    return JsonArbitraries.text();
  }
}
