package com.mixpeek.operator.cli;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.EmbeddedApiServer;
import org.junit.jupiter.api.AfterAll;

class EmbeddedDriftTest extends DriftSuite {

  private final EmbeddedApiServer server = new EmbeddedApiServer();

  @Override
  ApiServer server() {
    return server;
  }

  @Override
  @AfterAll
  void stop() {
    super.stop();
    server.close();
  }
}
