package com.mixpeek.operator.cli.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.testing.namespace.JsonResources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An empty value or null leaves out what is there, and nothing else. */
class OverridePatchTest {

  private static final ObjectNode SPEC =
      JsonResources.json("{'description': 'd', 'metadata': {'team': 'a', 'owner': {'name': 'b'}}}");

  private final ObjectNode overrides = JsonResources.json("{'source': {'type': 'bucket'}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source= | {}",
        "source=null | {}",
        "description= | {'source': {'type': 'bucket'}}",
        "source.type= | {'source': {}}",
        "metadata.owner.name=~ | {'source': {'type': 'bucket'}, 'metadata': {'team': 'a', 'owner': {}}}",
      })
  void leavesOutWhatIsThere(String set, String left) {
    OverridePatch.of("frames:" + set).apply(overrides, SPEC);
    assertThat(overrides).isEqualTo(JsonResources.json(left));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "descriptoin",
        "metadata.typo",
        "metadata.owner.typo",
        "metadata.typo.name",
        "typo.x"
      })
  void saysThatThereIsNothingToLeaveOut(String path) {
    for (String nothing : new String[] {"", "null"}) {
      OverridePatch patch = OverridePatch.of("frames:" + path + "=" + nothing);
      assertThatThrownBy(() -> patch.apply(overrides, SPEC))
          .isInstanceOf(ForkRefused.class)
          .hasMessage("frames has no " + path + " that could be left out.");
    }
  }
}
