package com.mixpeek.operator.cli;

import com.mixpeek.operator.cli.terminal.Terminal;
import com.mixpeek.operator.testing.CommandResult;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** kubectl-mixpeek, run in this process. */
final class MixpeekCommand {

  private static final String KUBECONFIG = "kubeconfig";

  private MixpeekCommand() {}

  /** Runs a command. */
  static CommandResult run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** Runs a command in that environment. */
  static CommandResult run(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(), print(out), print(err), false, false, environment::get);
    int exit = Mixpeek.run(terminal, arguments);
    return new CommandResult(exit, text(out), text(err));
  }

  /** Runs a command with that kubeconfig, whichever the environment names. */
  static synchronized CommandResult run(Path kubeconfig, String... arguments) {
    String before = System.getProperty(KUBECONFIG);
    System.setProperty(KUBECONFIG, kubeconfig.toString());
    try {
      return run(arguments);
    } finally {
      if (before == null) {
        System.clearProperty(KUBECONFIG);
      } else {
        System.setProperty(KUBECONFIG, before);
      }
    }
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
