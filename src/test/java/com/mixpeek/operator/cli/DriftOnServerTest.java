package com.mixpeek.operator.cli;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;

class DriftOnServerTest extends DriftSuite {

  @Override
  ApiServer server() {
    return RealServer.orSkip("drift by the generations of a real API server");
  }
}
