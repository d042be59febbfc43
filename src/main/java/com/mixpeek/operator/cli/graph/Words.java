package com.mixpeek.operator.cli.graph;

import java.util.ArrayList;
import java.util.List;

/** Text from manifests, made fit to be shown: whoever wrote it draws nothing but letters. */
final class Words {

  /** As long as a Kubernetes name can be. */
  private static final int LONGEST_NAME = 253;

  private static final int LONGEST_SENTENCE = 2000;

  private Words() {}

  /** A name on one line. */
  static String name(String text) {
    return plain(text, LONGEST_NAME);
  }

  /** A sentence on one line. */
  static String sentence(String text) {
    return plain(text, LONGEST_SENTENCE);
  }

  /**
   * The text in lines of at most that many characters, broken at blanks where there are any.
   *
   * @param most lines; what goes beyond them is an ellipsis
   */
  static List<String> wrap(String text, int width, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width && lines.size() < most) {
      int blank = rest.lastIndexOf(' ', width);
      int end =
          blank > 0 ? blank : Character.isHighSurrogate(rest.charAt(width - 1)) ? width - 1 : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    if (lines.size() == most && !rest.isEmpty()) {
      lines.set(most - 1, lines.get(most - 1) + "…");
    } else if (!rest.isEmpty()) {
      lines.add(rest);
    }
    return lines;
  }

  /**
   * Line ends would break lines apart, escape sequences would drive a terminal, marks of direction
   * would turn text around, half a surrogate pair is no XML: in their place stands a blank or �.
   */
  private static String plain(String text, int longest) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(longest + 1L)
        .forEach(
            c -> {
              if (Character.isWhitespace(c)) {
                plain.append(' ');
              } else if (isHarmful(c)) {
                plain.append('\uFFFD');
              } else {
                plain.appendCodePoint(c);
              }
            });
    int end = plain.codePointCount(0, plain.length());
    return end > longest
        ? plain.substring(0, plain.offsetByCodePoints(0, longest)) + "…"
        : plain.toString();
  }

  private static boolean isHarmful(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.PRIVATE_USE -> true;
      default -> false;
    };
  }
}
