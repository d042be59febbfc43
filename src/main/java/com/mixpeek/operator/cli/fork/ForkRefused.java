package com.mixpeek.operator.cli.fork;

/** What was asked for cannot be forked; the message is a sentence with the remedy. */
public final class ForkRefused extends RuntimeException {

  ForkRefused(String sentence) {
    super(sentence);
  }
}
