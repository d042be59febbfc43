package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the README shows of commands that need no cluster is what they print. */
class ReadmeTest {

  private static final Pattern BLOCK =
      Pattern.compile(
          "^(`{3,})console\n\\$ kubectl mixpeek ([^\n]*)\n(.*?)^\\1$",
          Pattern.MULTILINE | Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> commands() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
    while (block.find()) {
      String command = block.group(2);
      String shown = block.group(3);
      if (!command.contains("--from-cluster") && !command.startsWith("status")) {
        tests.add(
            dynamicTest(
                command,
                () -> {
                  CommandResult said = CommandResult.by(command.split(" "));
                  assertThat(said.out() + said.err()).isEqualTo(shown);
                }));
      }
    }
    assertThat(tests).hasSizeGreaterThan(4);
    return tests.stream();
  }
}
