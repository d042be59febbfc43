package com.mixpeek.operator.cli;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.EmbeddedApiServer;
import org.junit.jupiter.api.AfterAll;

class EmbeddedRenderedTest extends RenderedSuite {

  private final EmbeddedApiServer server = new EmbeddedApiServer();

  @Override
  ApiServer server() {
    return server;
  }

  @AfterAll
  void stop() {
    server.close();
  }
}
