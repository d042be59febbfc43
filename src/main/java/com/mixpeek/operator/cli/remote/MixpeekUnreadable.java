package com.mixpeek.operator.cli.remote;

/**
 * What is at Mixpeek cannot be read; the message is a sentence that says what to do, without a key.
 */
public final class MixpeekUnreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MixpeekUnreadable(String sentence) {
    super(sentence);
  }
}
