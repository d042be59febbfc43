package com.mixpeek.operator.cli.manifest;

/** An input that cannot be read as manifests; the message is a sentence that says why. */
public final class UnreadableInput extends Exception {

  public UnreadableInput(String sentence) {
    super(sentence);
  }
}
