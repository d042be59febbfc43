package com.mixpeek.operator.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.cli.graph.SvgWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

  /** As {@code wcwidth} has it; pictures and terminals take the same widths. */
  @ParameterizedTest(name = "U+{0} takes {1}: {2}")
  @CsvSource({
    "41, 1, a letter",
    "6F22, 2, an ideograph",
    "1F600, 2, an emoji",
    "1D400, 1, 'a letter of mathematics, which pictures took for two'",
    "0301, 0, 'a combining mark, which pictures took for one'",
    "1100, 2, 'a Hangul letter, which pictures took for one'",
    "FF21, 2, 'a fullwidth letter, which pictures took for one'",
    "231A, 2, 'an emoji of the first plane, which pictures took for one'",
    "17000, 2, 'a Tangut ideograph, which tables took for one'",
    "FE10, 2, 'a vertical form, which tables took for one'",
  })
  void widthOfACharacter(String hex, int cells, String what) {
    String text = Character.toString(Integer.parseInt(hex, 16));

    assertThat(TerminalText.width(text)).isEqualTo(cells);
    double ofOne = new SvgWriter.FixedPitch().measure("a", "monospace", 10).getWidth();
    double drawn = new SvgWriter.FixedPitch().measure(text, "monospace", 10).getWidth();
    assertThat(drawn).isEqualTo(cells * ofOne);
  }

  /** Lines of pictures once were counted in chars, so that one of ideographs was twice as wide. */
  @Test
  void linesAreAsWideInEveryScript() {
    assertThat(TerminalText.wrap("漢字".repeat(20), 28, 5))
        .containsExactly("漢字".repeat(7), "漢字".repeat(7), "漢字".repeat(6));
    assertThat(TerminalText.wrap("one two three four", 8, 2)).containsExactly("one two", "three…");
    assertThat(TerminalText.wrap("", 8, 2)).isEmpty();
  }

  /** One rule says what is unprintable; each place shows it in its own way. */
  @Test
  void whatIsUnprintableIsSoEverywhere() {
    for (int c : new int[] {0x1b, 0x9b, 0x2028, 0x202e, 0xe000, 0xd800, 0xffff, 0xe0001}) {
      String text = "a" + Character.toString(c) + "b";
      String hex = (c > 0xffff ? "\\U%08x" : "\\u%04x").formatted(c);
      assertThat(TerminalText.escape(text)).isEqualTo("a" + hex + "b");
      assertThat(TerminalText.label(text, 9)).isIn("a\uFFFDb", "a b");
      assertThat(TerminalText.clean(text)).isIn("a" + hex + "b", "ab", "a b");
    }
  }

  @Test
  void labelsAreCutAtCodePoints() {
    assertThat(TerminalText.label("😀😀😀", 2)).isEqualTo("😀😀…");
    assertThat(TerminalText.label("a\tb", 3)).isEqualTo("a b");
  }
}
