package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.mixpeek.operator.documents.Document;
import com.mixpeek.operator.testing.CommandResult;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the pages show of commands that need no cluster is what they print. */
class DocumentedCommandsTest {

  /** A command, and what stands below it up to the next one. */
  private static final Pattern COMMAND =
      Pattern.compile("^\\$ kubectl[ -]mixpeek ([^\n]*)\n((?:(?!\\$ ).*\n)*)", Pattern.MULTILINE);

  /** Or Mixpeek. */
  private static final Pattern NEEDS_A_CLUSTER =
      Pattern.compile("^(status|import)\\b|--from-mixpeek|--from-cluster|--all-namespaces| -A\\b");

  @TestFactory
  Stream<DynamicTest> commands() {
    List<DynamicTest> tests = Document.all().stream().flatMap(this::commands).toList();
    assertThat(tests).hasSizeGreaterThan(5);
    return tests.stream();
  }

  private Stream<DynamicTest> commands(Document page) {
    return page.blocks("console")
        .flatMap(block -> COMMAND.matcher(block.text()).results())
        .filter(shown -> !NEEDS_A_CLUSTER.matcher(shown.group(1)).find())
        .map(
            shown ->
                dynamicTest(
                    page + ": " + shown.group(1),
                    () -> {
                      CommandResult result = MixpeekCommand.run(shown.group(1).split(" "));
                      assertThat(result.out() + result.err()).isEqualTo(shown.group(2));
                    }));
  }
}
