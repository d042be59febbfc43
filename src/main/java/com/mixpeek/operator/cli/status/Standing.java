package com.mixpeek.operator.cli.status;

/** How a clone stands, what is most urgent to a person first. */
public enum Standing {
  NEEDS_YOU("bold,red", "needs you", "need you"),
  WAITS("yellow", "waits", "wait"),
  SUSPENDED("faint", "is suspended", "are suspended"),
  CLONED("green", "cloned", "cloned");

  /** As picocli's markup has it. */
  final String style;

  private final String one;
  private final String many;

  Standing(String style, String one, String many) {
    this.style = style;
    this.one = one;
    this.many = many;
  }

  String count(long number) {
    return number + " " + (number == 1 ? one : many);
  }
}
