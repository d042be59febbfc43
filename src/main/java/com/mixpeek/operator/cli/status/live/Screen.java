package com.mixpeek.operator.cli.status.live;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal's other screen, the one that editors use: drawn from its corner each time, so that no
 * change of its size leaves anything behind, and what was on the first screen comes back.
 */
public final class Screen {

  /** Columns and rows. */
  public record Size(int width, int height) {}

  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";
  private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
  private static final String CORNER = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private static final Size USUAL = new Size(80, 24);
  private static final String NUMBER = "[1-9]\\d{0,4}";
  private static final Pattern STTY = Pattern.compile("(%s) (%s)\\s*".formatted(NUMBER, NUMBER));

  private final PrintStream out;

  Screen(PrintStream out) {
    this.out = out;
  }

  void enter() {
    out.print(ENTER);
    out.flush();
  }

  /** Draws the lines, of which none may be wider and all no more than the terminal. */
  void draw(List<String> lines) {
    StringBuilder frame = new StringBuilder(CORNER);
    for (int i = 0; i < lines.size(); i++) {
      // Cleared first: after a line as wide as the terminal the cursor stands on its last letter.
      frame
          .append(i == 0 ? "" : "\r\n")
          .append(i == lines.size() - 1 ? CLEAR_BELOW : CLEAR_LINE)
          .append(lines.get(i));
    }
    out.print(frame);
    out.flush();
  }

  void leave() {
    out.print(LEAVE);
    out.flush();
  }

  /** The terminal's size: what the environment says, else what the terminal does. */
  public static Size size(Function<String, String> environment) {
    Size asked = ask();
    return new Size(
        number(environment.apply("COLUMNS"), asked.width()),
        number(environment.apply("LINES"), asked.height()));
  }

  private static int number(String text, int otherwise) {
    return text != null && text.matches(NUMBER) ? Integer.parseInt(text) : otherwise;
  }

  /** Java cannot be asked; a system without stty, or a terminal without a size, has the usual. */
  private static Size ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Matcher size =
          STTY.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      if (size.matches()) {
        return new Size(Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1)));
      }
    } catch (IOException e) {
      // The usual size will do.
    }
    return USUAL;
  }
}
