package com.mixpeek.operator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void isReadAndWrittenAsItIs() throws JsonProcessingException {
    String json = "{\"a\":{\"b\":[1,null,\"" + "x".repeat(2000) + "\"]}}";
    assertThat(MAPPER.writeValueAsString(MAPPER.readValue(json, JsonObject.class))).isEqualTo(json);
    assertThat(object(json).tree()).isEqualTo(MAPPER.readTree(json));
  }

  @Test
  void orderAndTheWayNumbersAreWrittenMakeNoDifference() {
    assertThat(object("{\"a\": 1.0, \"b\": [2]}")).isEqualTo(object("{\"b\": [2.00], \"a\": 1}"));
    assertThat(object("{\"a\": 1}")).isNotEqualTo(object("{\"a\": 2}"));
    assertThat(object("{\"a\": 1}")).isNotEqualTo(object("{\"a\": 1, \"b\": null}"));
    assertThat(object("{\"a\": 1}")).hasSameHashCodeAs(object("{\"a\": 1.0}"));
  }

  /** Beyond 64 bits it keeps a number as a double. */
  @Test
  void whatAnApiServerMakesOfALargeNumberIsTheSame() {
    assertThat(object("{\"a\": 18446744073709551615}"))
        .isEqualTo(object("{\"a\": 18446744073709552000}"));
    assertThat(object("{\"a\": 9007199254740993}"))
        .isNotEqualTo(object("{\"a\": 9007199254740992}"));
  }

  @Test
  void anythingElseIsNone() {
    assertThat(JsonObject.of(tree("[1]"))).isNull();
    assertThat(JsonObject.of(tree("null"))).isNull();
  }

  @Test
  void whereAnObjectIsReadNothingElseIsTaken() {
    for (String json : List.of("[1]", "7", "\"text\"")) {
      assertThatThrownBy(() -> MAPPER.readValue(json, JsonObject.class))
          .isInstanceOf(JsonMappingException.class);
    }
  }

  @Test
  void digitsAreKeptWhereTheReaderKeepsThem() throws JsonProcessingException {
    ObjectMapper exact =
        new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    String json = "{\"a\":1.50,\"b\":0.12345678901234567890}";
    assertThat(exact.readValue(json, JsonObject.class).tree()).isEqualTo(exact.readTree(json));
  }

  @Test
  void isTheSameAfterItWasClosed() throws JsonProcessingException {
    JsonObject read = MAPPER.readValue("{\"a\": 1}", JsonObject.class);
    assertThat(read.open()).isSameAs(read.open()).isSameAs(read.tree());
    read.close();
    assertThat(read.tree()).isEqualTo(tree("{\"a\": 1}")).isNotSameAs(read.tree());
    JsonObject held = JsonObject.holding(read.tree());
    held.close();
    assertThat(held.tree()).isEqualTo(tree("{\"a\": 1}"));
  }

  private static JsonObject object(String json) {
    return JsonObject.of(tree(json));
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
