package com.mixpeek.operator.cli.validation;

/**
 * One thing that the API server would refuse.
 *
 * @param field where it stands, as in {@code spec.source.bucketIds[0]}; empty for the whole object
 * @param message what is wrong with it, in the API server's own words
 */
public record Violation(String field, String message) {

  @Override
  public String toString() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
