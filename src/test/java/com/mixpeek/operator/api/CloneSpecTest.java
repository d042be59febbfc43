package com.mixpeek.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class CloneSpecTest {

  private static final ObjectMapper JSON = StoredJson.mapper();

  private static final String CLONE =
      """
      {"metadata": {"name": "copy"},
       "spec": {"sourceRef": {"name": "frames"},
                "overrides": {"collectionName": "copy", "n": [1.5, -0.0, 8.8065383594727968E16, null, 12345678901234567890]},
                "targetName": "target"}}
      """;

  @Test
  void isReadAsItIsWritten() throws JsonProcessingException {
    CollectionClone clone = read(CLONE);
    JsonNode spec = JSON.readTree(CLONE).get("spec");
    assertThat(clone.unreadable()).isEmpty();
    assertThat(JSON.<JsonNode>valueToTree(clone.getSpec())).isEqualTo(spec);
    assertThat(clone.getSpec().getSourceRef()).isEqualTo(spec.get("sourceRef"));
    assertThat(clone.getSpec().getOverrides())
        .isEqualTo(spec.get("overrides"))
        .isSameAs(clone.getSpec().getOverrides());
  }

  @Test
  void whatIsSetReplacesWhatCame() throws JsonProcessingException {
    CloneSpec spec = read(CLONE).getSpec();
    ObjectNode other = JSON.createObjectNode().put("collectionName", "other");
    spec.setOverrides(other);
    spec.setSourceRef(null);
    assertThat(spec.getOverrides()).isSameAs(other);
    assertThat(spec.getSourceRef()).isNull();
    assertThat(spec.hasSourceRef()).isFalse();
  }

  @Test
  void whatIsNoObjectOrAbsentIsUnreadable() throws JsonProcessingException {
    assertThat(read(CLONE.replace("{\"name\": \"frames\"}", "\"frames\"")).unreadable())
        .containsExactly("spec.sourceRef");
    assertThat(read(CLONE.replace("\"sourceRef\"", "\"more\"")).unreadable())
        .containsExactly("spec.sourceRef");
    assertThat(read(CLONE.replace("\"overrides\"", "\"more\"")).unreadable())
        .containsExactly("spec.overrides");
    assertThat(read("{\"spec\": {\"sourceRef\": {}, \"overrides\": null}}").unreadable())
        .containsExactly("spec.overrides");
  }

  private static CollectionClone read(String json) throws JsonProcessingException {
    return JSON.readValue(json, CollectionClone.class);
  }
}
