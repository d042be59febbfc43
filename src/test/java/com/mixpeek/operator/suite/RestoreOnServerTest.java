package com.mixpeek.operator.suite;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;

class RestoreOnServerTest extends RestoreSuite {

  private final ApiServer server = RealServer.orSkip("a restore on a real API server");

  @Override
  ApiServer server() {
    return server;
  }
}
