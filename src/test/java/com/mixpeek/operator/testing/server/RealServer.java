package com.mixpeek.operator.testing.server;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/**
 * The real API server that this run is judged by: the cluster of {@code KUBECONFIG} where {@code
 * -Dmixpeek.server=cluster} asks for it, else one from the binaries of this machine; started once,
 * for all suites.
 */
public final class RealServer {

  private static final String PROPERTY = "mixpeek.server";
  private static final Optional<ApiServer> SERVER = find();

  /** What was reported as skipped: once is loud enough. */
  private static final Set<String> SKIPPED = ConcurrentHashMap.newKeySet();

  private RealServer() {}

  static boolean isAvailable() {
    return SERVER.isPresent();
  }

  /** The server; where there is none the calling test is skipped, and says so loudly. */
  public static ApiServer orSkip(String what) {
    if (SERVER.isEmpty() && SKIPPED.add(what)) {
      System.err.printf(
          "*** SKIPPED: %s. There is no etcd and kube-apiserver in $KUBEBUILDER_ASSETS or"
              + " /usr/local/kubebuilder/bin; `make test-cluster` runs it on the cluster of"
              + " $KUBECONFIG.%n",
          what);
    }
    Assumptions.assumeTrue(SERVER.isPresent(), "no real API server");
    return SERVER.orElseThrow();
  }

  private static Optional<ApiServer> find() {
    Optional<ApiServer> server =
        "cluster".equals(System.getProperty(PROPERTY))
            ? Optional.of(cluster())
            : EnvtestApiServer.fromThisMachine().map(RealServer::restricted);
    server.ifPresent(s -> Runtime.getRuntime().addShutdownHook(new Thread(s::close)));
    return server;
  }

  private static ApiServer cluster() {
    ClusterApiServer server = ClusterApiServer.withCommittedCrds();
    server.restrictOperators();
    return server;
  }

  private static ApiServer restricted(EnvtestApiServer server) {
    server.restrictOperators();
    return server;
  }
}
