package com.mixpeek.operator.manifest;

/**
 * A place in a file.
 *
 * @param file the path as it was given, {@code -} for standard input
 * @param line from 1
 * @param column from 1
 */
public record Location(String file, int line, int column) {

  /** {@code file:line}, as editors and terminals make it a link. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
