package com.mixpeek.operator.suite;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.EmbeddedApiServer;
import org.junit.jupiter.api.AfterAll;

class EmbeddedCrashTest extends CrashSuite {

  private final EmbeddedApiServer server = new EmbeddedApiServer();

  @Override
  ApiServer server() {
    return server;
  }

  @Override
  int orders() {
    return 20;
  }

  @AfterAll
  void stop() {
    server.close();
  }
}
