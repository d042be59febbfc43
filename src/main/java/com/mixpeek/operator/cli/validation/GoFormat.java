package com.mixpeek.operator.cli.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Values as the API server, which is written in Go, says them in its sentences. */
final class GoFormat {

  /** Floats with more digits than that before the point are said with an exponent. */
  private static final int MOST_DIGITS = 6;

  private static final Pattern PRINTABLE = Pattern.compile("[^\\p{C}\\p{Z}]| ");

  private GoFormat() {}

  static String of(JsonNode value) {
    if (value.isTextual()) {
      return quoted(value.textValue());
    }
    boolean isLong = value.isIntegralNumber() && value.canConvertToLong();
    return value.isNumber() && !isLong ? number(value.doubleValue()) : value.toString();
  }

  /** Like {@code %q}: what cannot be printed is escaped, and all other text stands as it is. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> quoted.append(escaped(c)));
    return quoted.append('"').toString();
  }

  private static String escaped(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case 7 -> "\\a";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case 11 -> "\\v";
      default -> {
        String text = Character.toString(c);
        yield PRINTABLE.matcher(text).matches()
            ? text
            : (c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c);
      }
    };
  }

  /** Like {@code %v}: {@code 4}, {@code 0.5}, {@code 1e+30}, {@code 1e-07}. */
  private static String number(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < MOST_DIGITS) {
      return exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    char sign = exponent < 0 ? '-' : '+';
    return "%s%s%se%s%02d"
        .formatted(value < 0 ? "-" : "", digits.charAt(0), fraction, sign, Math.abs(exponent));
  }
}
