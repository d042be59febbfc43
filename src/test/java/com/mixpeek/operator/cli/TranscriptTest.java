package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.mixpeek.operator.testing.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What commands print: one folder a case in {@code src/test/resources/cli}, with manifests and a
 * {@code transcript.txt}, which shows each command as it is typed in that folder, what it prints,
 * what it prints on standard error behind {@code !}, and its exit code where it is not 0.
 *
 * <p>With {@code -Dgolden.write=true} the transcripts are written anew; read every line of them.
 */
class TranscriptTest {

  private static final Path ROOT = Path.of("src/test/resources/cli");
  private static final String PROMPT = "$ kubectl-mixpeek";

  @TestFactory
  Stream<DynamicTest> transcripts() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      List<Path> all = folders.sorted().toList();
      assertThat(all).isNotEmpty();
      return all.stream()
          .map(folder -> dynamicTest(folder.getFileName().toString(), () -> run(folder)));
    }
  }

  private static void run(Path folder) throws IOException {
    Path file = folder.resolve("transcript.txt");
    String expected = Files.readString(file);
    StringBuilder actual = new StringBuilder();
    List<String> commands = expected.lines().filter(line -> line.startsWith(PROMPT)).toList();
    assertThat(commands).as(file + " has commands").isNotEmpty();
    for (String command : commands) {
      actual.append(command).append('\n').append(output(folder, command));
    }
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, actual.toString());
    }
    assertThat(actual.toString()).isEqualTo(expected);
  }

  private static String output(Path folder, String command) {
    List<String> arguments = new ArrayList<>();
    for (String argument : command.substring(PROMPT.length()).strip().split(" +")) {
      if (argument.isEmpty()) {
        continue;
      }
      boolean file = !argument.startsWith("-") && Files.exists(folder.resolve(argument));
      arguments.add(file ? folder.resolve(argument).normalize().toString() : argument);
    }
    CommandResult result = MixpeekCommand.run(arguments.toArray(String[]::new));

    String errors = result.err().lines().map(l -> "! " + l + "\n").collect(Collectors.joining());
    String all =
        result.out() + errors + (result.exit() == 0 ? "" : "exit code " + result.exit() + "\n");
    return all.replace(folder + "/", "").replace(folder.toString(), ".");
  }
}
