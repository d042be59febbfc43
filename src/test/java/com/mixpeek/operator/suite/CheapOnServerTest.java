package com.mixpeek.operator.suite;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;

class CheapOnServerTest extends CheapSuite {

  private final ApiServer server = RealServer.orSkip("request counts on a real API server");

  @Override
  ApiServer server() {
    return server;
  }
}
