package com.mixpeek.operator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecDiffTest {

  @Test
  void namesEachPlaceThatDiffersAndTheFieldsThatDoNot() {
    assertThat(
            lines(
                """
                collectionId: col_a
                metadata: {team: search}
                source: {type: bucket, bucketId: bkt_a}
                featureExtractor: {version: v1, parameters: {fps: 1}, fieldPassthrough: [{sourcePath: a}]}
                enabled: true
                collectionName: a
                """,
                """
                collectionName: b
                metadata: {}
                source: {type: bucket, bucketId: bkt_a}
                featureExtractor: {version: v1, parameters: {fps: 2.5}, fieldPassthrough: [{sourcePath: a}, {sourcePath: b}]}
                enabled: true
                description: new
                """))
        .containsExactly(
            "~ collectionName                        \"a\" → \"b\"",
            "- collectionId                          \"col_a\"",
            "+ description                           \"new\"",
            "~ featureExtractor.parameters.fps       1 → 2.5",
            "+ featureExtractor.fieldPassthrough[1]  {\"sourcePath\":\"b\"}",
            "- metadata.team                         \"search\"",
            "= enabled, source");
  }

  @Test
  void cutsLongValues() {
    assertThat(lines("a: x", "a: " + "y".repeat(200)))
        .containsExactly("~ a  \"x\" → \"" + "y".repeat(70) + "…");
  }

  @Test
  void saysNothingOfTwoEmptySpecs() {
    assertThat(lines("{}", "{}")).isEmpty();
  }

  private static List<String> lines(String source, String copy) {
    return SpecDiff.lines(node(source), node(copy));
  }

  private static JsonNode node(String yaml) {
    return Serialization.unmarshal(yaml, JsonNode.class);
  }
}
