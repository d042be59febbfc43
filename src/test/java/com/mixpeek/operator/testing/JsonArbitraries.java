package com.mixpeek.operator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Any JSON that an API server could hold: deep, in any script, with numbers of any size. */
public final class JsonArbitraries {

  private static final int DEEPEST = 4;

  private JsonArbitraries() {}

  /** Text of the whole of Unicode but for halves of surrogate pairs, which no JSON can carry. */
  public static Arbitrary<String> text() {
    Arbitrary<String> letters =
        Arbitraries.strings()
            .withCharRange(' ', '~')
            .withChars("äß商\u0000\t\n\"\\/")
            .ofMaxLength(8);
    Arbitrary<String> others =
        Arbitraries.strings()
            .withCharRange('\u0000', '\uD7FF')
            .withCharRange('\uE000', '\uFFFD')
            .ofMaxLength(6);
    return Arbitraries.oneOf(
        letters, others, Arbitraries.of("", "true", "null", "1.0", "0x1", "~", "🛍", "a🛍b", "no"));
  }

  /** Any value. */
  public static Arbitrary<JsonNode> value() {
    return value(DEEPEST);
  }

  /** Any map. */
  public static Arbitrary<ObjectNode> object() {
    return object(text(), value());
  }

  /** Any map with such names and values. */
  public static Arbitrary<ObjectNode> object(Arbitrary<String> names, Arbitrary<JsonNode> values) {
    return Arbitraries.maps(names, values).ofMaxSize(5).map(JsonArbitraries::node);
  }

  /** A map of some of these fields and a few others. */
  public static Arbitrary<ObjectNode> objectWith(Collection<String> fields) {
    Arbitrary<String> names = Arbitraries.oneOf(Arbitraries.of(fields), text());
    return Arbitraries.maps(names, value(2)).ofMaxSize(10).map(JsonArbitraries::node);
  }

  private static Arbitrary<JsonNode> value(int depth) {
    Arbitrary<JsonNode> scalar = Arbitraries.oneOf(List.of(scalars(), numbers()));
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<JsonNode> inner = Arbitraries.lazy(() -> value(depth - 1));
    return Arbitraries.oneOf(
        scalar,
        inner.list().ofMaxSize(4).map(JsonArbitraries::array),
        object(text(), inner).map(node -> node));
  }

  private static Arbitrary<JsonNode> scalars() {
    return Arbitraries.oneOf(
        text().map(TextNode::valueOf),
        Arbitraries.of(true, false).map(BooleanNode::valueOf),
        Arbitraries.just(NullNode.getInstance()));
  }

  private static Arbitrary<JsonNode> numbers() {
    BigInteger huge = BigInteger.TEN.pow(40);
    return Arbitraries.oneOf(
        Arbitraries.bigIntegers().between(huge.negate(), huge).map(BigIntegerNode::valueOf),
        Arbitraries.longs().map(n -> BigIntegerNode.valueOf(BigInteger.valueOf(n))),
        Arbitraries.doubles().map(DoubleNode::valueOf),
        Arbitraries.of(0.1, 1.0, -0.0, 1e-300, 1.7e308, 100.0).map(DoubleNode::valueOf));
  }

  private static ObjectNode node(Map<String, JsonNode> fields) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    fields.forEach(node::set);
    return node;
  }

  private static JsonNode array(List<JsonNode> elements) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    elements.forEach(array::add);
    return array;
  }
}
