package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands in {@code deploy/gitops/pull-requests} are commands that there are. */
class PullRequestExamplesTest {

  private static final Path EXAMPLES = Path.of("deploy/gitops/pull-requests");
  private static final String CATALOG = "src/test/resources/cli/product-embeddings";
  private static final Pattern COMMAND =
      Pattern.compile("(?:run:|entry:|^) *kubectl-mixpeek ([^>|\n]*)", Pattern.MULTILINE);

  @ParameterizedTest
  @CsvSource({"github-workflow.yaml, 2", "pre-commit-config.yaml, 2"})
  void validatesAndShowsDiffs(String file, int commands) throws IOException {
    Matcher matcher = COMMAND.matcher(Files.readString(EXAMPLES.resolve(file)));
    List<String> outputs = new ArrayList<>();
    while (matcher.find()) {
      String command =
          matcher.group(1).strip().replaceAll("(\"\\$MANIFESTS\"|\\bcatalog\\b)", CATALOG);
      CommandResult result = MixpeekCommand.run(command.split(" "));
      assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.FINE);
      outputs.add(result.out());
    }
    assertThat(outputs)
        .hasSize(commands)
        .anyMatch(o -> o.isEmpty() || o.equals("2 manifests, no findings.\n"))
        .anyMatch(o -> o.contains("```diff"));
  }
}
