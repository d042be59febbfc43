package com.mixpeek.operator.testing.server;

/** The servers that a suite runs on, one after the other: what holds on one holds on each. */
public enum TestServer {
  EMBEDDED,
  REAL;

  /** The real one where this run has it: for what takes too long to be done on both. */
  public static TestServer best() {
    return REAL.isAvailable() ? REAL : EMBEDDED;
  }

  /** Whether this run has such a server. */
  public boolean isAvailable() {
    return this == EMBEDDED || RealServer.isAvailable();
  }

  /**
   * The server, which all suites share and no test closes.
   *
   * @param what is tested, for the message where there is no such server and the test is skipped
   */
  public ApiServer orSkip(String what) {
    return this == EMBEDDED
        ? SharedEmbeddedServer.SERVER
        : RealServer.orSkip(what + " on a real API server");
  }

  /** Started when it is first asked for. */
  private static final class SharedEmbeddedServer {

    private static final ApiServer SERVER = new EmbeddedApiServer();
  }
}
