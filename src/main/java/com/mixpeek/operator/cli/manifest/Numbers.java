package com.mixpeek.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Numbers as they arrive at the API server, however they were written. */
public final class Numbers {

  private Numbers() {}

  /**
   * The same value with its numbers as kubectl sends and the API server reads them: one that is
   * whole and fits 64 bits is an integer, any other a double.
   */
  public static JsonNode asSent(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode sent = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(e -> sent.set(e.getKey(), asSent(e.getValue())));
      return sent;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode sent = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> sent.add(asSent(item)));
      return sent;
    }
    if (!value.isNumber()) {
      return value;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return integer(value.longValue());
    }
    double number = value.doubleValue();
    boolean whole = number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE;
    return whole ? integer((long) number) : DoubleNode.valueOf(number);
  }

  static JsonNode integer(long number) {
    return (int) number == number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
  }
}
