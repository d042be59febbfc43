package com.mixpeek.operator.bench;

import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.ClusterApiServer;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import com.mixpeek.operator.testing.server.EnvtestApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What is measured, from system properties that begin with {@code bench.}.
 *
 * @param java what runs the operator
 * @param flags of its JVM
 * @param count how many clones
 * @param paced how many clones at 20 a second
 * @param many how many Collections
 * @param settleMillis how long to wait for requests that should not come any more
 * @param idleMillis for how long to look at an operator that has nothing to do
 * @param iterationMillis of {@link MicroBenchmarks#run}
 * @param embedded whether to ask no other server than the embedded one
 * @param runs which runs
 * @param page where the table is appended; empty for nowhere
 */
record Parameters(
    Path java,
    List<String> flags,
    int count,
    int paced,
    int many,
    int settleMillis,
    int idleMillis,
    int iterationMillis,
    boolean embedded,
    List<String> runs,
    String page) {

  private static final String RUNS = "bare,backlog,burst,paced,restart,many,micro";

  static Parameters fromSystemProperties() {
    String ownJava = System.getProperty("java.home") + "/bin/java";
    return new Parameters(
        Path.of(System.getProperty("bench.java", ownJava)),
        Stream.of(System.getProperty("bench.flags", "").split("\\s+"))
            .filter(flag -> !flag.isEmpty())
            .toList(),
        Integer.getInteger("bench.count", 2000),
        Integer.getInteger("bench.paced", 600),
        Integer.getInteger("bench.many", 20_000),
        Integer.getInteger("bench.settle", 3000),
        Integer.getInteger("bench.idle", 20_000),
        Integer.getInteger("bench.iteration", 1000),
        Boolean.getBoolean("bench.embedded"),
        List.of(System.getProperty("bench.runs", RUNS).split(",")),
        System.getProperty("bench.page", ""));
  }

  /** The cluster of {@code KUBECONFIG}, else a server from envtest's binaries, else embedded. */
  ApiServer server() {
    if (embedded) {
      return new EmbeddedApiServer();
    }
    return System.getenv("KUBECONFIG") != null
        ? ClusterApiServer.withCommittedCrds()
        : EnvtestApiServer.fromThisMachine()
            .<ApiServer>map(s -> s)
            .orElseGet(EmbeddedApiServer::new);
  }

  void settle() {
    pause(settleMillis);
  }

  void idle() {
    pause(idleMillis);
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
  }
}
