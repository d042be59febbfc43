package com.mixpeek.operator.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a command said, and how it ended. */
record CommandResult(int exit, String out, String err) {

  private static final String KUBECONFIG = "kubeconfig";

  /** Runs a command in this process. */
  static CommandResult by(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), print(out), print(err), false, false);
    int exit = Mixpeek.run(terminal, arguments);
    return new CommandResult(exit, text(out), text(err));
  }

  /** Runs a command in this process with that kubeconfig, whichever the environment names. */
  static synchronized CommandResult by(Path kubeconfig, String... arguments) {
    String before = System.getProperty(KUBECONFIG);
    System.setProperty(KUBECONFIG, kubeconfig.toString());
    try {
      return by(arguments);
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
