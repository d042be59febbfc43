package com.mixpeek.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.cli.cluster.Health;
import com.mixpeek.operator.cli.terminal.StyledLine;
import com.mixpeek.operator.cli.terminal.TerminalText;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A frame is never larger than its terminal, and holds nothing that a terminal obeys. */
class DashboardPropertiesTest {

  @Property(tries = 300)
  void fits(
      @ForAll("rows") List<CloneRow> rows,
      @ForAll @IntRange(min = 1, max = 200) int width,
      @ForAll @IntRange(min = 1, max = 60) int height) {
    StatusView clones = new StatusView(new Selection(null, List.of()));
    rows.forEach(clones::put);
    List<StyledLine> frame =
        clones.dashboard(width, height, StatusViewGoldenTest.NOW, "It is lost.");
    assertThat(frame).hasSizeLessThanOrEqualTo(height);
    for (StyledLine line : frame) {
      assertThat(TerminalText.width(line.text())).isLessThanOrEqualTo(width);
      assertThat(line.text().chars().anyMatch(Character::isISOControl)).isFalse();
      assertThat(line.render((style, text) -> text)).isEqualTo(line.text());
    }
  }

  @Property(tries = 300)
  void wrappingLosesNothingButBlanks(
      @ForAll("text") String text, @ForAll @IntRange(min = 2, max = 60) int width) {
    List<String> lines = TerminalText.wrap(TerminalText.clean(text), width);
    assertThat(lines).allMatch(line -> TerminalText.width(line) <= width);
    assertThat(String.join("", lines).replace(" ", ""))
        .isEqualTo(TerminalText.clean(text).replace(" ", ""));
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(9),
            Arbitraries.strings().alpha().ofMaxLength(90),
            Arbitraries.of(
                "\u001b[2J", "\u009b2J", "\r\n", "\t", "\u202e", "😀", "中文", " ", "e\u0301"))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join(" ", parts));
  }

  @Provide
  Arbitrary<List<CloneRow>> rows() {
    Arbitrary<String> cleaned = text().map(TerminalText::clean);
    return Combinators.combine(
            cleaned, cleaned, Arbitraries.of(Health.class), cleaned, Arbitraries.integers())
        .as(
            (name, source, health, message, age) ->
                new CloneRow(
                    "collectionclone",
                    "team-" + age % 3,
                    name,
                    source,
                    name,
                    "",
                    health,
                    age % 4 == 0 ? "" : "SourceNotFound",
                    age % 5 == 0 ? null : StatusViewGoldenTest.NOW.plusSeconds(age),
                    message))
        .list()
        .ofMaxSize(70);
  }
}
