package com.mixpeek.operator.cli.status;

import com.mixpeek.operator.cli.manifest.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text as a terminal shows it, in cells of which a wide character takes two. picocli's own table
 * breaks on a surrogate pair.
 */
final class TerminalText {

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  /** What has no width of its own and changes how others are laid out: joiners, bidi marks. */
  private static final Pattern FORMATS = Pattern.compile("[\\p{Cf}\\x{FE0F}]");

  /**
   * From and to of what takes two cells: East Asian scripts and forms, and emoji. Blocks that have
   * some of it count as a whole, for a line that is too short does no harm.
   */
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x2300, 0x23FF},
    {0x2600, 0x27BF},
    {0x2B00, 0x2BFF},
    {0x2E80, 0xA4CF},
    {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F000, 0x1FAFF},
    {0x20000, 0x3FFFD}
  };

  private TerminalText() {}

  /** One line that does a terminal no harm. */
  static String clean(String text) {
    if (text == null) {
      return "";
    }
    String line = FORMATS.matcher(SPACES.matcher(text).replaceAll(" ")).replaceAll("");
    return Printable.line(line).strip();
  }

  static int width(String text) {
    return text.codePoints().map(TerminalText::width).sum();
  }

  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (character >= range[0] && character <= range[1]) {
        return 2;
      }
    }
    return 1;
  }

  /** The text with blanks after it, up to a width. */
  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** The text if it is no wider than that, else its beginning and an ellipsis. */
  static String cut(String text, int width) {
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
  static List<String> wrap(String text, int width) {
    if (width(text) <= width) {
      return List.of(text);
    }
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
}
