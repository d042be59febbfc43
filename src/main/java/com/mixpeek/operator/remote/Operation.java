package com.mixpeek.operator.remote;

import java.util.Locale;

/** What is asked of the API: a bounded set, fit for a label. */
public enum Operation {
  GET_NAMESPACE("GET", false),
  GET("GET", false),
  LIST("POST", false),
  CREATE("POST", true),
  CLONE("POST", true),
  PATCH("PATCH", true),
  DELETE("DELETE", true);

  private final String method;
  private final boolean writes;

  Operation(String method, boolean writes) {
    this.method = method;
    this.writes = writes;
  }

  /** The HTTP method. */
  public String method() {
    return method;
  }

  /** Whether something is changed by it, so that a lost answer leaves open what there is now. */
  public boolean writes() {
    return writes;
  }

  /** As a label shows it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
