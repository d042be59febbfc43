package com.mixpeek.operator.cli;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;

class StatusOnServerTest extends StatusSuite {

  private final ApiServer server = RealServer.orSkip("status on a real API server");

  @Override
  ApiServer server() {
    return server;
  }
}
