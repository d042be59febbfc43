package com.mixpeek.operator.testing;

/** The servers that a suite runs on, one after the other: what holds on one holds on each. */
public enum TestServer {
  EMBEDDED {
    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    public ApiServer orSkip(String what) {
      return SharedEmbeddedServer.SERVER;
    }
  },
  REAL {
    @Override
    public boolean isAvailable() {
      return RealServer.isAvailable();
    }

    @Override
    public ApiServer orSkip(String what) {
      return RealServer.orSkip(what + " on a real API server");
    }
  };

  /** Whether this run has such a server. */
  public abstract boolean isAvailable();

  /**
   * The server, which all suites share and no test closes.
   *
   * @param what is tested, for the message where there is no such server and the test is skipped
   */
  public abstract ApiServer orSkip(String what);

  /** Started when it is first asked for. */
  private static final class SharedEmbeddedServer {

    private static final ApiServer SERVER = new EmbeddedApiServer();
  }
}
