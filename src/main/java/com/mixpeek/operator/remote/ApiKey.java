package com.mixpeek.operator.remote;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key of the Mixpeek API, which shows its text to nobody but the request that it is sent with.
 */
public final class ApiKey {

  private static final String SHOWN = "[API key]";

  /** What a header can carry: the JDK's refusal of anything else would repeat it. */
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

  /** Other keys that an answer may name, and parts of this one. */
  private static final Pattern ALIKE =
      Pattern.compile("\\b[Bb]earer\\s+\\S+|\\bsk_[A-Za-z0-9_.*-]+");

  private final String text;

  private ApiKey(String text) {
    this.text = text;
  }

  /**
   * Reads what a Secret or a file holds. White space around it, such as an editor's last newline,
   * is no part of it.
   *
   * @return empty where that is no key: nothing, or what no header can carry
   */
  public static Optional<ApiKey> of(String text) {
    String stripped = text.strip();
    return SENDABLE.matcher(stripped).matches()
        ? Optional.of(new ApiKey(stripped))
        : Optional.empty();
  }

  /** The value of the header {@code Authorization}. */
  String authorization() {
    return "Bearer " + text;
  }

  /** The text with nothing in it that is this key, or looks like one. */
  String redact(String words) {
    return ALIKE.matcher(words.replace(text, SHOWN)).replaceAll(SHOWN);
  }

  /** Whether it is the same key, so that a rotated one is noticed. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ApiKey key && key.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return SHOWN;
  }
}
