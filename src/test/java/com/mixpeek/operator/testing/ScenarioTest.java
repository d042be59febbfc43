package com.mixpeek.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.mixpeek.operator.api.CollectionClone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A golden folder that says less than it seems to say fails. */
class ScenarioTest {

  @TempDir private Path folder;
  private Scenario scenario;

  @BeforeEach
  void start() throws IOException {
    scenario = new Scenario(folder, "in-clone.yaml", Set.of("out-status.yaml"));
    write("in-clone.yaml", "{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"in_source.yaml", "in-source.yml", "out-sattus.yaml", "note.txt"})
  void misnamed(String name) throws IOException {
    assertThatCode(scenario::others).doesNotThrowAnyException();
    write(name, "{}");
    assertThatThrownBy(scenario::others).hasMessageContaining(name);
  }

  @Test
  void withoutItsMainFile() throws IOException {
    Files.delete(folder.resolve("in-clone.yaml"));
    assertThatThrownBy(scenario::others).hasMessageContaining("in-clone.yaml");
  }

  @Test
  void notLookedAt() throws IOException {
    write("in-source.yaml", "{}");
    write("in-ignored-copy.yaml", "{}");
    scenario.used(Set.of("in-source.yaml"));
    assertThatThrownBy(() -> scenario.used(Set.of())).hasMessageContaining("in-source.yaml");
    assertThatThrownBy(() -> scenario.used(Set.of("in-source.yaml", "in-ignored-copy.yaml")))
        .hasMessageContaining("in-ignored-copy.yaml");
  }

  @Test
  void outsThatAreMissingLeftOverOrOtherwise() throws IOException {
    assumeFalse(Boolean.getBoolean("golden.write"));
    var result = Map.of("out-status.yaml", Yaml.parse("{\"b\":[1,{}],\"a\":2}"));
    assertThatThrownBy(() -> scenario.expect(result)).hasMessageContaining("is missing");

    write("out-status.yaml", "a: 2\nb:\n  - 1\n  - {}\n");
    scenario.expect(result);
    assertThatThrownBy(() -> scenario.expect(Map.of())).hasMessageContaining("no such result");

    write("out-status.yaml", "a: 2\nb:\n  - 1.0\n  - {}\n");
    assertThatThrownBy(() -> scenario.expect(result))
        .hasMessageContaining("  a: 2\n  b:\n-   - 1.0\n+   - 1\n    - {}\n");
  }

  /** What the client would not send again is not in the golden file's power to show. */
  @Test
  void aSpecThatIsNotReadWhole() throws IOException {
    String head = "apiVersion: mixpeek.com/v1alpha1\nkind: CollectionClone\nmetadata: {name: a}\n";
    write("in-clone.yaml", head + "spec: {overrides: {n: 9007199254740993, d: 1.0}}\n");
    assertThatCode(() -> scenario.read("in-clone.yaml", CollectionClone.class))
        .doesNotThrowAnyException();
    write("in-clone.yaml", head + "spec: {overrides: {}, misspelt: 1}\n");
    assertThatThrownBy(() -> scenario.read("in-clone.yaml", CollectionClone.class))
        .hasMessageContaining("- misspelt: 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 1; true",
        "1; 1.0; false",
        "1.0; 1.00; true",
        "9007199254740993; 9007199254740992; false",
        "9007199254740993; 9007199254740993.0; false",
        "[]; {}; false",
        "[]; null; false",
        "\"1\"; 1; false",
        "\"\"; null; false",
        "{\"a\":1,\"b\":2}; {\"b\":2,\"a\":1}; true",
        "{\"a\":null}; {}; false",
        "{\"a\":null}; {\"b\":null}; false",
        "[1,2]; [2,1]; false",
      })
  void whatIsTheSame(String one, String other, boolean same) {
    assertThat(Yaml.same(Yaml.parse(one), Yaml.parse(other))).isEqualTo(same);
    assertThat(Yaml.same(Yaml.parse(other), Yaml.parse(one))).isEqualTo(same);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
