package com.mixpeek.operator.cli.manifest;

/** Text out of files and clusters, made harmless for terminals, logs and comments. */
public final class Printable {

  private Printable() {}

  /** The text on one line, without control characters: those are shown as escapes. */
  public static String line(String text) {
    StringBuilder line = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      if (control && line == null) {
        line = new StringBuilder(text.substring(0, i));
      }
      if (line != null) {
        line.append(control ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return line == null ? text : line.toString();
  }
}
