package com.mixpeek.operator.suite;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RealServer;

class ReplicasOnServerTest extends ReplicasSuite {

  private final ApiServer server = RealServer.orSkip("two replicas on a real API server");

  @Override
  ApiServer server() {
    return server;
  }
}
