package com.mixpeek.operator.cli.terminal;

import java.util.function.BinaryOperator;

/**
 * A line of which a part may have a style.
 *
 * @param from where the style begins
 * @param to where it ends
 * @param style as picocli's markup has it; empty for none
 */
public record StyledLine(String text, int from, int to, String style) {

  public static StyledLine plain(String text) {
    return new StyledLine(text, 0, 0, "");
  }

  public static StyledLine styled(String style, String text) {
    return new StyledLine(text, 0, text.length(), style);
  }

  /** The line, no wider than that. */
  public StyledLine cut(int width) {
    String cut = TerminalText.cut(text, width);
    return new StyledLine(cut, Math.min(from, cut.length()), Math.min(to, cut.length()), style);
  }

  public StyledLine ending(String end) {
    return new StyledLine(text + end, from, to, style);
  }

  /**
   * @param styler gives a text, its second argument, a style, or leaves it as it is
   */
  public String render(BinaryOperator<String> styler) {
    return from == to
        ? text
        : text.substring(0, from)
            + styler.apply(style, text.substring(from, to))
            + text.substring(to);
  }
}
