package com.mixpeek.operator.suite;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;

class ReasonsOnServerTest extends ReasonsSuite {

  private final ApiServer server = RealServer.orSkip("the reasons on a real API server");

  @Override
  ApiServer server() {
    return server;
  }
}
