package com.mixpeek.operator.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.error.Mark;

/**
 * YAML is read as kubectl reads it: the right-hand sides are what kubectl 1.32 made of the left.
 */
class YamlReaderTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "y | true",
        "n | false",
        "yes | true",
        "On | true",
        "off | false",
        "Y | true",
        "N | false",
        "\"y\" | \"y\"",
        "TRUE | true",
        "tRue | \"tRue\"",
        "012 | 10",
        "0o12 | 10",
        "0x1F | 31",
        "0x_1F | 31",
        "0xZZ | \"0xZZ\"",
        "0x_ | \"0x_\"",
        "0b_ | \"0b_\"",
        "-0o_ | \"-0o_\"",
        "0b_1 | 1",
        "0_ | 0",
        "1_000 | 1000",
        "1__0 | 10",
        "_1 | \"_1\"",
        "1_000.5 | 1000.5",
        "12:30:45 | \"12:30:45\"",
        "190:20:30.15 | \"190:20:30.15\"",
        "0b11 | 3",
        "+1 | 1",
        "-0 | 0",
        "1e3 | 1000",
        "1.0 | 1",
        ".5 | 0.5",
        "1. | 1",
        "09 | 9",
        "0_1 | 1",
        "1e+2 | 100",
        "12e03 | 12000",
        "1.5e3_0 | 1.5e+30",
        "9223372036854775808 | 9223372036854776000",
        "123456789012345678901234567890 | 1.2345678901234568e+29",
        "2024-01-01 | \"2024-01-01\"",
        "2024-01-01T10:00:00Z | \"2024-01-01T10:00:00Z\"",
        "~ | null",
        "Null | null",
        "'' | \"\"",
        "!!str 5 | \"5\"",
        "!foo bar | \"bar\"",
        "= | \"=\"",
      })
  void readsScalarsAsKubectlDoes(String yaml, String json) throws Exception {
    JsonNode read = Numbers.asSent(one("a: " + yaml).get("a"));
    JsonNode expected = Numbers.asSent(new ObjectMapper().readTree(json));
    assertThat(read).isEqualTo(expected);
  }

  /** What is sent is one thing, what is shown another: nothing is rounded on the way. */
  @Test
  void keepsNumbersAsTheyWereWritten() throws Exception {
    JsonNode read = one("{a: 1.0, b: 0.70, c: 123456789012345678901234567890}");
    assertThat(read.get("a").decimalValue().toString()).isEqualTo("1.0");
    assertThat(read.get("b").decimalValue().toString()).isEqualTo("0.70");
    assertThat(read.get("c").toString()).isEqualTo("123456789012345678901234567890");
  }

  @Test
  void readsTagsOfSomebodysOwnWithoutThem() throws Exception {
    assertThat(one("{a: !Sub x, b: !If [c, d], e: !Map {f: 1}}").toString())
        .isEqualTo("{\"a\":\"x\",\"b\":[\"c\",\"d\"],\"e\":{\"f\":1}}");
  }

  @Test
  void readsWhatJsonHasNotAsMapsAndLists() throws Exception {
    assertThat(one("{a: !!set {x, z}, b: !!omap [x: 1, z: 2], c: !!pairs [x: 1, x: 2]}").toString())
        .isEqualTo(
            "{\"a\":{\"x\":null,\"z\":null},\"b\":[{\"x\":1},{\"z\":2}],\"c\":[{\"x\":1},{\"x\":2}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"!!int abc", "!!int 3.5", "!!int [1]", "!!float abc", "!!float {}", "!!bool abc"})
  void refusesWhatIsNotWhatItsTagSays(String value) {
    String tag = value.substring(0, value.indexOf(' '));
    assertThatThrownBy(() -> one("a: 1\nb: " + value))
        .isInstanceOf(UnreadableInput.class)
        .hasMessage(
            "f:2: this is not YAML that kubectl reads: what stands behind the tag %s is none (column 4).",
            tag);
  }

  @Test
  void readsKeysAsTextOfWhatTheyAre() throws Exception {
    assertThat(one("{y: 1, 1: 2, 012: 3}").toString()).isEqualTo("{\"true\":1,\"1\":2,\"10\":3}");
  }

  @Test
  void fillsInAliasesAndMerges() throws Exception {
    assertThat(one("{a: &a {x: 1, z: 2}, b: *a, c: {<<: *a, z: 3}}").toString())
        .isEqualTo("{\"a\":{\"x\":1,\"z\":2},\"b\":{\"x\":1,\"z\":2},\"c\":{\"x\":1,\"z\":3}}");
  }

  @Test
  void readsJsonWithTabs() throws Exception {
    assertThat(one("{\n\t\"a\":\t[1,\n\t\t2]\n}").toString()).isEqualTo("{\"a\":[1,2]}");
  }

  @Test
  void readsJsonThatIsNoYaml() throws Exception {
    String name = "n".repeat(2000);
    String text =
        """
        {"a"
        : "\\/ \u007f \\ud83d\\ude00", "%s": [1, 2.50, true, null, "no", {"<<": {"y": "012"}}]}
        """
            .formatted(name);
    JsonNode read = one(text);
    assertThat(read).hasSize(2);
    assertThat(read.get("a").textValue()).isEqualTo("/ \u007f \ud83d\ude00");
    assertThat(read.get(name).toString())
        .isEqualTo("[1,2.50,true,null,\"no\",{\"<<\":{\"y\":\"012\"}}]");
  }

  @Test
  void readsOneJsonBehindAnother() throws Exception {
    List<YamlReader.Document> documents = new YamlReader("f").read("{\"a\":1}{\"b\":\n2}\nnull\n");
    assertThat(documents)
        .extracting(document -> document.content().toString())
        .containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThat(FieldLocator.find(documents.get(1).root(), "b"))
        .returns(0, Mark::getLine)
        .returns(8, Mark::getColumn);
  }

  @Test
  void saysWhereJsonHasAFieldTwice() {
    assertThatThrownBy(() -> one("{\n \"a\": 1,\n \"a\": 2}"))
        .isInstanceOf(UnreadableInput.class)
        .hasMessage(
            "f:3: the key a is already set in this map, on line 2, and kubectl would take only the"
                + " last: remove one of the two (column 2).");
  }

  /** As {@code kubectl label --local -o json} of kubectl 1.32 writes them. */
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    ".inf, .inf",
    "-.INF, -.inf",
    ".nan, .nan",
    "1.5, 1.5",
    "+1, 1",
    "1e3, 1000",
    "0x10, 16",
    "1e30, 1e+30",
    "1e300, .inf",
    "123456789.0, 1.2345679e+08",
    "16777217.0, 1.6777216e+07",
    "100000.0, 100000",
    "1000000.0, 1e+06",
    "-1234567.0, -1.234567e+06",
    "0.00001, 1e-05",
    "0.1234567891, 0.12345679",
    "-0.0, -0",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "18446744073709551616, 1.8446744e+19",
    "2024-01-01, 2024-01-01",
    "Off, false",
  })
  void readsKeysThatAreNoTextAsKubectlWritesThem(String yaml, String key) throws Exception {
    assertThat(one("{" + yaml + ": 1}").fieldNames()).toIterable().containsExactly(key);
  }

  @Test
  void refusesAKeyBetweenTwoTypesAsKubectlDoes() {
    assertThatThrownBy(() -> one("a: 1\n9223372036854775808: 1\n"))
        .isInstanceOf(UnreadableInput.class)
        .hasMessage(
            "f:2: this is not YAML that kubectl reads: a map has the key 9223372036854775808, which"
                + " is too large for one that is no text: quote it (column 1).");
  }

  /** Written in two ways, too: of those kubectl takes whichever comes. */
  @Test
  void saysWhichKeyIsThereTwice() {
    assertThatThrownBy(() -> one("a:\n  1: x\n  b: 1\n  '1': z\n"))
        .isInstanceOf(UnreadableInput.class)
        .hasMessageStartingWith("f:4: the key 1 is already set in this map, on line 2, and");
    assertThatThrownBy(() -> one("a: &a {x: 1}\nb: {<<: *a, z: 1, z: 2}\n"))
        .isInstanceOf(UnreadableInput.class)
        .hasMessageStartingWith("f:2: the key z is already set in this map, on line 2, and");
  }

  @Test
  void readsWhatMergesAsTextWhereNothingIsMerged() throws Exception {
    assertThat(one("{a: <<, b: [<<]}").toString()).isEqualTo("{\"a\":\"<<\",\"b\":[\"<<\"]}");
    assertThatThrownBy(() -> one("a: {<<: b}"))
        .isInstanceOf(UnreadableInput.class)
        .hasMessageContaining("expected a mapping or list of mappings for merging");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\n\"\\ud800\"}",
        "{\"b\": 1,\n\"x\\ude00\": 1}",
        "a:\n  \"\\ud800 \\ude00\"\n",
      })
  void refusesHalfACharacter(String text) {
    assertThatThrownBy(() -> one(text))
        .isInstanceOf(UnreadableInput.class)
        .hasMessageMatching(
            "f:2: \\\\u(d800|de00) is half of a surrogate pair, in whose place another character would"
                + " be sent: write both halves, or the character itself \\(column \\d\\)\\.");
  }

  @Test
  void leavesEmptyDocumentsOut() throws Exception {
    assertThat(new YamlReader("f").read("---\n# nothing\n---\na: 1\n---\n")).hasSize(1);
  }

  private static JsonNode one(String text) throws UnreadableInput {
    List<YamlReader.Document> documents = new YamlReader("f").read(text);
    assertThat(documents).hasSize(1);
    return documents.get(0).content();
  }
}
