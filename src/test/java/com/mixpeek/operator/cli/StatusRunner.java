package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.cli.cluster.Cluster;
import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.ApiServer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs {@code kubectl-mixpeek status} in this process, and follows in threads of its own. */
final class StatusRunner {

  private final ApiServer server;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Thread> followers = new ArrayList<>();

  StatusRunner(ApiServer server) {
    this.server = server;
  }

  /** Runs it to its end and returns its exit code. */
  int run(boolean interactive, String... arguments) {
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), stream(out), stream(err), false, interactive);
    StatusCommand status =
        new StatusCommand(terminal, Clock.systemUTC(), () -> new Cluster(server.client()));
    return new CommandLine(status)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              terminal.err().println(e.getMessage());
              return ExitCode.UNREADABLE;
            })
        .execute(arguments);
  }

  /** Runs it until {@link #interrupt}. */
  void follow(boolean interactive, String... arguments) {
    Thread follower = new Thread(() -> run(interactive, arguments));
    followers.add(follower);
    follower.start();
  }

  /** Ends what follows, as Ctrl-C does; fails if it does not end. */
  void interrupt() throws InterruptedException {
    for (Thread follower : followers) {
      follower.interrupt();
      follower.join(TestNamespace.PATIENCE.toMillis());
      assertThat(follower.isAlive()).isFalse();
    }
    followers.clear();
  }

  /** What was printed since the last {@link #clear}. */
  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  void clear() {
    out.reset();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
