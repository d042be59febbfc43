package com.mixpeek.operator.suite;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;

class CrashOnServerTest extends CrashSuite {

  private final ApiServer server = RealServer.orSkip("crashes and orders on a real API server");

  @Override
  ApiServer server() {
    return server;
  }

  @Override
  int orders() {
    return 6;
  }
}
