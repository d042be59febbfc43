package com.mixpeek.operator.bench;

import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.EnvtestApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Measures the operator end to end, each run on a fresh API server. */
final class Benchmark {

  private static final int WORKERS = 10;

  private final Path java;
  private final List<String> flags;
  private final String jar;
  private final Map<String, String> rows = new LinkedHashMap<>();
  private final Path log;

  private Benchmark(Path java, List<String> flags, String jar) throws Exception {
    this.java = java;
    this.flags = flags;
    this.jar = jar;
    this.log = Files.createTempFile("mixpeek-bench", ".log");
  }

  public static void main(String[] args) throws Exception {
    Path java =
        Path.of(System.getProperty("bench.java", System.getProperty("java.home") + "/bin/java"));
    String flags = System.getProperty("bench.flags", "").strip();
    Benchmark benchmark =
        new Benchmark(java, flags.isEmpty() ? List.of() : List.of(flags.split("\\s+")), args[0]);
    int count = Integer.getInteger("bench.count", 2000);
    List<String> runs =
        List.of(
            System.getProperty("bench.runs", "bare,backlog,burst,paced,restart,many").split(","));
    try {
      if (runs.contains("bare")) {
        benchmark.bare(count);
      }
      if (runs.contains("backlog")) {
        benchmark.clones(count, runs);
      }
      if (runs.contains("many")) {
        benchmark.collections(Integer.getInteger("bench.many", 20_000));
      }
    } finally {
      benchmark.rows.forEach((name, value) -> System.out.printf("%-60s %s%n", name, value));
      System.out.println("log: " + benchmark.log);
    }
  }

  private OperatorProcess start(ApiServer server) throws Exception {
    return OperatorProcess.start(
        OperatorProcess.java(java, flags, "-jar", jar), server.kubeconfig().orElseThrow(), log);
  }

  private void row(String name, String format, Object... values) {
    rows.put(name, format.formatted(values));
    System.out.printf("  %s: %s%n", name, rows.get(name));
  }

  private void bare(int count) throws Exception {
    try (EnvtestApiServer server = EnvtestApiServer.localOrDownloaded();
        KubernetesClient client = server.client();
        Workload load = new Workload(client, "bench")) {
      load.collection("origin", 200);
      load.each(count, i -> load.clone("copy-" + i, "origin"));
      Process loop =
          new ProcessBuilder(
                  OperatorProcess.java(
                      java,
                      flags,
                      "-cp",
                      System.getProperty("java.class.path"),
                      BareLoop.class.getName(),
                      server.kubeconfig().orElseThrow().toString(),
                      load.namespace,
                      Integer.toString(count),
                      Integer.toString(WORKERS)))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String[] printed = new String(loop.getInputStream().readAllBytes()).strip().split(" ");
      row("bare loop: clones a second", "%s", printed[0]);
      row("bare loop: own CPU a clone, ms", "%s", printed[1]);
    }
  }

  private void clones(int count, List<String> runs) throws Exception {
    try (EnvtestApiServer server = EnvtestApiServer.localOrDownloaded();
        KubernetesClient client = server.client();
        Workload load = new Workload(client, "bench")) {
      load.collection("origin", 200);
      load.each(count, i -> load.clone("copy-" + i, "origin"));
      try (OperatorProcess operator = start(server)) {
        long last = load.await(count, operator);
        long first = load.firstReady();
        row("start to first clone Ready, s", "%.2f", (first - operator.started) / 1e9);
        row("backlog: clones a second", "%.0f", (count - 1) / ((last - first) / 1e9));
        row(
            "backlog: own CPU a clone with start, ms",
            "%.2f",
            operator.cpu().toNanos() / 1e6 / count);
        LockSupport.parkNanos(3_000_000_000L);
        row("backlog: requests", "%s", operator.requests());
        row("resident peak, MiB", "%d", operator.peakMemory());
        if (runs.contains("burst")) {
          burst(count, load, operator);
        }
        if (runs.contains("paced")) {
          paced(load, operator);
        }
        row("resident peak in the end, MiB", "%d", operator.peakMemory());
      }
      if (runs.contains("restart")) {
        load.clone("after-restart", "origin");
        int all = load.latencies("").length + 1;
        try (OperatorProcess operator = start(server)) {
          load.await(all, operator);
          row(
              "restart: to a new clone Ready, s",
              "%.2f",
              (load.lastReady() - operator.started) / 1e9);
          LockSupport.parkNanos(2_000_000_000L);
          row("restart: own CPU, s", "%.2f", operator.cpu().toNanos() / 1e9);
          row("restart: requests", "%s", operator.requests());
          row("restart: resident peak, MiB", "%d", operator.peakMemory());
        }
      }
    }
  }

  private void burst(int count, Workload load, OperatorProcess operator) throws Exception {
    int before = load.latencies("").length;
    long cpu = operator.cpu().toNanos();
    Map<String, Long> requests = operator.requests();
    long start = System.nanoTime();
    load.each(count, i -> load.clone("burst-" + i, "origin"));
    long last = load.await(before + count, operator);
    row("burst: clones a second", "%.0f", count / ((last - start) / 1e9));
    row(
        "burst: own CPU a clone (warm), ms",
        "%.2f",
        (operator.cpu().toNanos() - cpu) / 1e6 / count);
    LockSupport.parkNanos(3_000_000_000L);
    row("burst: requests", "%s", difference(requests, operator.requests()));
  }

  private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> difference = new TreeMap<>(after);
    before.forEach((name, number) -> difference.merge(name, -number, Long::sum));
    difference.values().removeIf(n -> n == 0);
    return difference;
  }

  private void paced(Workload load, OperatorProcess operator) throws Exception {
    int count = 600;
    int before = load.latencies("").length;
    long cpu = operator.cpu().toNanos();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      LockSupport.parkNanos(start + i * 50_000_000L - System.nanoTime());
      load.clone("paced-" + i, "origin");
    }
    load.await(before + count, operator);
    double[] latencies = load.latencies("paced-");
    row(
        "20 a second: created to Ready p50 / p99, ms",
        "%.0f / %.0f",
        latencies[count / 2],
        latencies[count * 99 / 100]);
    row("20 a second: own CPU a clone, ms", "%.2f", (operator.cpu().toNanos() - cpu) / 1e6 / count);
  }

  private void collections(int count) throws Exception {
    try (EnvtestApiServer server = EnvtestApiServer.localOrDownloaded();
        KubernetesClient client = server.client();
        Workload load = new Workload(client, "bench")) {
      load.each(count, i -> load.collection("collection-" + i, 2000));
      try (OperatorProcess operator = start(server)) {
        load.clone("first", "collection-" + (count - 1));
        load.await(1, operator);
        row(
            "IDs at start: " + count + " Collections, a second",
            "%.0f",
            count / ((load.lastReady() - operator.started) / 1e9));
        LockSupport.parkNanos(5_000_000_000L);
        row("IDs at start: own CPU each, ms", "%.2f", operator.cpu().toNanos() / 1e6 / count);
        row("IDs at start: requests", "%s", operator.requests());
        row("IDs at start: resident peak, MiB", "%d", operator.peakMemory());
      }
      load.clone("second", "collection-0");
      try (OperatorProcess operator = start(server)) {
        load.await(2, operator);
        row(
            "restart with " + count + " Collections: to a new clone Ready, s",
            "%.2f",
            (load.lastReady() - operator.started) / 1e9);
        LockSupport.parkNanos(3_000_000_000L);
        row(
            "restart with " + count + " Collections: resident peak, MiB",
            "%d",
            operator.peakMemory());
        row("restart with " + count + " Collections: requests", "%s", operator.requests());
      }
    }
  }
}
