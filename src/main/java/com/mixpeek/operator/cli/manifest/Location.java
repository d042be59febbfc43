package com.mixpeek.operator.cli.manifest;

/**
 * A place in a file.
 *
 * @param file the path as it was given, {@code -} for standard input, {@code cluster} for none
 * @param line from 1; 0 where there is no file
 * @param column from 1; 0 where there is no file
 */
public record Location(String file, int line, int column) {

  /** {@code file:line}, as editors and terminals make it a link. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
