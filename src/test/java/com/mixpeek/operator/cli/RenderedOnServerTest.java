package com.mixpeek.operator.cli;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;

class RenderedOnServerTest extends RenderedSuite {

  @Override
  ApiServer server() {
    return RealServer.orSkip("what is rendered against what is made, on a real API server");
  }
}
