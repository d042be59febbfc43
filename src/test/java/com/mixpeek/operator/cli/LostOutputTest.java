package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What becomes of output that cannot be written: the program itself, in a process of its own. */
class LostOutputTest {

  private static final File FULL = new File("/dev/full");

  @Test
  void whereThereIsNoRoomThatIsToldAndTheExitCodeSaysSo() throws Exception {
    assumeThat(FULL).exists();
    Process process = start(ProcessBuilder.Redirect.to(FULL));
    assertThat(errors(process))
        .isEqualTo(
            "Not all of the output could be written: see that there is room where it goes.%n"
                .formatted());
    assertThat(process.waitFor()).isEqualTo(ExitCode.UNREADABLE);
  }

  @Test
  void whoReadsNoFurtherIsToldNothing() throws Exception {
    Process process = start(ProcessBuilder.Redirect.PIPE);
    process.getInputStream().close();
    assertThat(errors(process)).isEmpty();
    assertThat(process.waitFor()).isEqualTo(ExitCode.FINE);
  }

  private static Process start(ProcessBuilder.Redirect out) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    ProcessBuilder program =
        new ProcessBuilder(java, "-cp", classes, Mixpeek.class.getName(), "fork", "--help");
    program.environment().remove("JAVA_TOOL_OPTIONS");
    return program.redirectOutput(out).start();
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
