package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lineage in {@code deploy/gitops/staging} is what the command on the page writes. */
class StagingLineageTest {

  private static final Path GITOPS = Path.of("deploy", "gitops");
  private static final Pattern COMMAND =
      Pattern.compile("kubectl mixpeek (fork [^>]*) > (deploy/\\S+)");

  /** With {@code -Dgolden.write=true} it is written anew. */
  @Test
  void theCommandWritesIt() throws IOException {
    Matcher command = COMMAND.matcher(Files.readString(GITOPS.resolve("README.md")));
    assertThat(command.find()).isTrue();
    String[] words = command.group(1).replaceAll("'|\\\\\n", "").split("\\s+");
    CommandResult result = MixpeekCommand.run(words);
    assertThat(result.err()).isEmpty();
    Path written = Path.of(command.group(2));
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(written, result.out());
    }
    assertThat(Files.readString(written)).isEqualTo(result.out());
  }
}
