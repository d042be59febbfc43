package com.mixpeek.operator.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text out of files and clusters, made harmless for terminals, logs, comments and pictures, and
 * measured in terminal cells, of which a wide character takes two.
 */
public final class TerminalText {

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  /**
   * Control characters break lines and drive terminals, format characters turn text around, half a
   * surrogate pair is no XML, and what else is in these categories has no glyph that all fonts
   * know.
   */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  /** What has no width of its own and changes how others are laid out: joiners, bidi marks. */
  private static final Pattern FORMATS = Pattern.compile("[\\p{Cf}\\x{FE0F}]");

  /**
   * From and to of what takes two cells, as {@code wcwidth} has it: East Asian scripts and forms,
   * and emoji. Blocks that have some of it count as a whole, for a line that is too short does no
   * harm.
   */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2300, 0x23FF, 0x2600, 0x27BF, 0x2B00, 0x2BFF, 0x2E80, 0xA4CF, 0xA960, 0xA97C,
    0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0,
    0x18D08, 0x1B000, 0x1B2FB, 0x1F000, 0x1FAFF, 0x20000, 0x3FFFD
  };

  private TerminalText() {}

  /** The text on one line, what cannot be printed as escapes: {@code \u001b}. */
  public static String escape(String text) {
    return replace(text, c -> (c > Character.MAX_VALUE ? "\\U%08x" : "\\u%04x").formatted(c));
  }

  /** The text on one line for columns: spaces as one blank, without marks of direction. */
  public static String clean(String text) {
    if (text == null) {
      return "";
    }
    String line = FORMATS.matcher(SPACES.matcher(text).replaceAll(" ")).replaceAll("");
    return escape(line).strip();
  }

  /**
   * The text on one line for pictures: spaces as blanks, what cannot be printed as {@code U+FFFD}.
   *
   * @param longest in code points; what goes beyond is an ellipsis
   */
  public static String label(String text, int longest) {
    boolean cut = text.codePointCount(0, text.length()) > longest;
    String shown = cut ? text.substring(0, text.offsetByCodePoints(0, longest)) : text;
    String line = replace(shown, c -> Character.isWhitespace(c) ? " " : "\uFFFD");
    return cut ? line + "…" : line;
  }

  private static String replace(String text, IntFunction<String> replacement) {
    return UNPRINTABLE
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(replacement.apply(match.group().codePointAt(0))));
  }

  /** How many cells the text takes. */
  public static int width(String text) {
    return text.codePoints().map(TerminalText::width).sum();
  }

  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (character >= WIDE[i] && character <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /** The text with blanks after it, up to a width. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** The text if it is no wider than that, else its beginning and an ellipsis. */
  public static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    return width < 1 ? "" : text.substring(0, fitting(text, width - 1)) + "…";
  }

  /** How many chars of the text fit. */
  private static int fitting(String text, int width) {
    int cells = 0;
    int end = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      cells += width(character);
      if (cells > width) {
        break;
      }
      end += Character.charCount(character);
    }
    return end;
  }

  /** The text in lines no wider than that, broken at blanks where there are any. */
  public static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (width(rest) > width) {
      int fitting = Math.max(fitting(rest, width), rest.offsetByCodePoints(0, 1));
      int blank = rest.lastIndexOf(' ', fitting);
      int end = blank > 0 ? blank : fitting;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  /**
   * The text in lines no wider than that, none for no text.
   *
   * @param most lines; what goes beyond them is an ellipsis
   */
  public static List<String> wrap(String text, int width, int most) {
    List<String> lines = text.isEmpty() ? List.of() : wrap(text, width);
    if (lines.size() <= most) {
      return lines;
    }
    List<String> first = new ArrayList<>(lines.subList(0, most));
    first.set(most - 1, first.get(most - 1) + "…");
    return first;
  }
}
