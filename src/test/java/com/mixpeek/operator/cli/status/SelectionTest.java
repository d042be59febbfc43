package com.mixpeek.operator.cli.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  @ParameterizedTest
  @CsvSource({
    "done, collectionclone/done taxonomyclone/done",
    "cclone/done, collectionclone/done",
    "collectionclones.mixpeek.com/done, collectionclone/done",
    "TaxonomyClone/done, taxonomyclone/done",
    "tclone/done, taxonomyclone/done",
    "tclone/stuck, ''",
  })
  void namesAreTakenAsKubectlTakesThem(String name, String selected) throws IOException {
    Selection selection = new Selection(null, List.of(name));
    Stream<String> names =
        StatusViewGoldenTest.rows().filter(selection::selects).map(CloneRow::qualifiedName);
    assertThat(String.join(" ", names.toList())).isEqualTo(selected);
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    Selection selection = new Selection("team-a", List.of("done", "tclone/stuck", "no\u001b[2J"));
    assertThat(selection.missing(StatusViewGoldenTest.rows().toList()))
        .containsExactly(
            "There is no clone taxonomyclone/stuck in namespace team-a.",
            "There is no clone no\\u001b[2J in namespace team-a.");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Selection(null, List.of("pod/a")))
        .hasMessage("pod/a is no clone: write NAME, collectionclone/NAME or taxonomyclone/NAME.");
    assertThatThrownBy(() -> new Selection("a/\u001b", List.of()))
        .hasMessage("\"a/\\u001b\" cannot be the name of a namespace.");
  }
}
