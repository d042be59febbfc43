package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
      outputs.add(run(command.split(" ")));
    }
    assertThat(outputs).hasSize(commands).contains("").anyMatch(o -> o.contains("```diff"));
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(new ByteArrayInputStream(new byte[0]), print, System.err, false, false);
    assertThat(Mixpeek.run(terminal, arguments)).isEqualTo(ExitCode.FINE);
    return out.toString(StandardCharsets.UTF_8).replace("2 manifests, no findings.\n", "");
  }
}
