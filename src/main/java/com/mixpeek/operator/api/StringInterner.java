package com.mixpeek.operator.api;

/**
 * Replaces a string by an equal one that was seen shortly before: names, UIDs and times stand in
 * several resources each, and half of what caches hold would be strings of which there are two.
 *
 * <p>Unlike {@link String#intern()} it forgets and takes a fixed amount of memory, of which the
 * collector need not be told each time; a string that it does not know any more stays as it is.
 */
public final class StringInterner {

  /** A power of two: the strings of some hundred resources. */
  private static final int CAPACITY = 4096;

  /** In characters: longer ones are prose, and seldom there twice. */
  private static final int LONGEST = 128;

  /** Threads may overwrite each other's, which loses a string here and no more. */
  private static final String[] RECENT = new String[CAPACITY];

  private StringInterner() {}

  /** The string, or an equal one. */
  public static String intern(String text) {
    if (text == null || text.length() > LONGEST) {
      return text;
    }
    int hash = text.hashCode();
    int slot = (hash ^ hash >>> 16) & CAPACITY - 1;
    String seen = RECENT[slot];
    if (text.equals(seen)) {
      return seen;
    }
    RECENT[slot] = text;
    return text;
  }
}
