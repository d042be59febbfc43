package com.mixpeek.operator.cli.status.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {

  /** A line that is cleared after it was written loses its last letter where it fills the width. */
  @Test
  void clearsBeforeItWrites() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Screen(new PrintStream(bytes, false, StandardCharsets.UTF_8)).draw(List.of("a", "b", "c"));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\u001b[H\u001b[Ka\r\n\u001b[Kb\r\n\u001b[Jc");
  }

  @Test
  void theEnvironmentGoesBeforeTheTerminal() {
    Map<String, String> environment = Map.of("COLUMNS", "33", "LINES", "11");
    assertThat(Screen.size(environment::get)).isEqualTo(new Screen.Size(33, 11));
    Screen.Size nonsense = Screen.size(Map.of("COLUMNS", "-1", "LINES", "many")::get);
    assertThat(nonsense.width()).isPositive();
    assertThat(nonsense.height()).isPositive();
  }
}
