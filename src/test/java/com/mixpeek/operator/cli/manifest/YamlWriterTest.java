package com.mixpeek.operator.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.testing.JsonArbitraries;
import com.mixpeek.operator.testing.Yaml;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again as the same, by kubectl's rules. */
class YamlWriterTest {

  @Property(tries = 300)
  void isReadAsItWasWritten(@ForAll("objects") ObjectNode value) throws Exception {
    String text = YamlWriter.write(value);
    JsonNode read = new YamlReader("f").read(text).get(0).content();
    assertThat(Yaml.same(value, read)).as(text).isTrue();
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return JsonArbitraries.object().filter(object -> !object.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y",
        "N",
        "on",
        "no",
        "012",
        "0o7",
        "1_000",
        "1e3",
        "1.",
        ".5",
        "~",
        "null",
        "<<",
        "=",
        "0x1F",
        "-",
        "- a",
        "a: b",
        "a #b",
        "#",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "",
        " a",
        "a ",
        "a\tb",
        "a\nb",
        "a\n",
        "\na",
        "a\n\n b \n",
        "'",
        "\"",
        "\u0007",
        "\u0085",
        "\uFEFF",
        "{{ x }}",
        "?",
        ": ",
        "---",
        "...",
        "\r\n",
        "12:30",
        "2024-01-01",
        "Infinity",
        ".inf"
      })
  void quotesTextThatLooksLikeSomethingElse(String text) throws Exception {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    value.put("a", text);
    value.put(text, "a");
    String written = YamlWriter.write(value);
    assertThat(new YamlReader("f").read(written).get(0).content()).as(written).isEqualTo(value);
  }

  /** Where a document begins with it, it is passed over unless it is quoted. */
  @Test
  void quotesAByteOrderMark() throws Exception {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    value.putObject("\uFEFFfirst").put("\uFEFFinner", "\uFEFF");
    value.put("\uFEFFsecond", "a\uFEFF");
    String written = YamlWriter.write(value);
    // Read as the same it is elsewhere without quotes, too, which YAML does not allow.
    assertThat(written.lines()).noneMatch(line -> line.strip().startsWith("\uFEFF"));
    assertThat(new YamlReader("f").read(written).get(0).content()).as(written).isEqualTo(value);
  }

  @Test
  void writesWhatAPersonWouldWrite() throws Exception {
    String text =
        """
        kind: Collection
        spec:
          description: |-
            Two lines,
            the second.
          list:
          - a: 1
            b: 'yes'
          - []
          empty: {}
          price: 0.70
          nothing: null
          name: größe 🛍
        """;
    assertThat(YamlWriter.write(new YamlReader("f").read(text).get(0).content())).isEqualTo(text);
  }
}
