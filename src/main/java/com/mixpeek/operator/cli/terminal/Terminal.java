package com.mixpeek.operator.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out results; UTF-8
 * @param err findings and what went wrong, a sentence a line
 * @param colour whether {@code out} is to be coloured
 * @param interactive whether {@code out} is a terminal, on which lines can be drawn anew
 * @param environment the value of a variable of the environment, null where it is not set
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean colour,
    boolean interactive,
    UnaryOperator<String> environment) {

  /** One in the environment of this process. */
  public Terminal(
      InputStream in, PrintStream out, PrintStream err, boolean colour, boolean interactive) {
    this(in, out, err, colour, interactive, System::getenv);
  }

  /** The text in picocli's markup, {@code @|red text|@}, if this is a terminal; else the text. */
  public String styled(String style, String text) {
    return colour
        ? ansi().new Text("@|" + style + " " + "%s" + "|@").toString().formatted(text)
        : text;
  }

  public Ansi ansi() {
    return colour ? Ansi.ON : Ansi.OFF;
  }
}
