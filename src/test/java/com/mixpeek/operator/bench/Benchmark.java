package com.mixpeek.operator.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mixpeek.operator.testing.server.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the operator end to end, each run on a fresh API server, and appends a table to {@code
 * BENCHMARKS.md}. It judges nothing: on a shared machine only figures of one run compare.
 */
final class Benchmark {

  private static final int WORKERS = 10;

  /** The clone whose writes the bare loop repeats. */
  private static final String SAMPLE = "copy-sample";

  private final Parameters parameters = Parameters.fromSystemProperties();
  private final int count = parameters.count();
  private final int many = parameters.many();
  private final String jar;
  private final Path log;
  private final BenchmarkTable table = new BenchmarkTable();
  private String server = "";

  /** Clones a second of the bare loop; 0 where it did not run. */
  private double bareRate;

  private Benchmark(String jar) throws IOException {
    this.jar = jar;
    this.log = Files.createTempFile("mixpeek-bench", ".log");
  }

  /** Arguments: the operator's jar. */
  public static void main(String[] args) throws Exception {
    new Benchmark(args[0]).run();
  }

  private void run() throws Exception {
    System.out.println("What the operator logs is in " + log);
    if (parameters.runs().contains("bare")) {
      bare();
    }
    if (parameters.runs().contains("backlog")) {
      clones();
    }
    if (parameters.runs().contains("many")) {
      collections();
    }
    if (parameters.runs().contains("micro")) {
      MicroBenchmarks.run(parameters.iterationMillis(), table::row);
    }
    if (!parameters.page().isEmpty()) {
      table.append(Path.of(parameters.page()), parameters.java(), parameters.flags(), server);
      System.out.println("Appended to " + parameters.page());
    }
  }

  private OperatorProcess start(ApiServer api) throws Exception {
    return OperatorProcess.start(
        OperatorProcess.java(parameters.java(), parameters.flags(), "-jar", jar), api, log);
  }

  private ApiServer server() {
    ApiServer api = parameters.server();
    server = api.describe();
    return api;
  }

  private void row(String name, String format, Object... values) {
    table.row(name, format.formatted(values));
  }

  private void bare() throws Exception {
    try (ApiServer api = server();
        KubernetesClient client = api.client();
        Workload load = new Workload(client)) {
      load.collection("origin", 200);
      load.clone(SAMPLE, "origin");
      try (OperatorProcess operator = start(api)) {
        load.await(1, operator);
      }
      load.each(count, i -> load.clone("copy-" + i, "origin"));
      Process loop =
          new ProcessBuilder(
                  OperatorProcess.java(
                      parameters.java(),
                      parameters.flags(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      BareLoop.class.getName(),
                      OperatorProcess.kubeconfig(api).toString(),
                      load.namespace,
                      SAMPLE,
                      Integer.toString(WORKERS)))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String[] printed =
          new String(loop.getInputStream().readAllBytes(), UTF_8)
              .lines().toList().stream().reduce((first, last) -> last).orElseThrow().split(" ");
      bareRate = Double.parseDouble(printed[0]);
      row("bare loop: clones a second", "%s", printed[0]);
      row("bare loop: own CPU a clone, ms", "%s", printed[1]);
    }
  }

  private void clones() throws Exception {
    try (ApiServer api = server();
        KubernetesClient client = api.client();
        Workload load = new Workload(client)) {
      load.collection("origin", 200);
      load.each(count, i -> load.clone("copy-" + i, "origin"));
      try (OperatorProcess operator = start(api)) {
        long last = load.await(count, operator);
        long first = load.firstReady();
        row("start to first clone Ready, s", "%.2f", (first - operator.started) / 1e9);
        double rate = (count - 1) / ((last - first) / 1e9);
        row("backlog: clones a second", "%.0f", rate);
        if (bareRate > 0) {
          row("backlog: share of the bare loop", "%.2f", rate / bareRate);
        }
        row(
            "backlog: own CPU a clone with start, ms",
            "%.2f",
            operator.cpu().toNanos() / 1e6 / count);
        parameters.settle();
        row("backlog: requests", "%s", operator.requests());
        row("resident peak, MiB", "%d", operator.peakMemory());
        if (parameters.runs().contains("burst")) {
          burst(load, operator);
        }
        if (parameters.runs().contains("paced")) {
          paced(load, operator);
        }
        row("resident peak in the end, MiB", "%d", operator.peakMemory());
      }
      if (parameters.runs().contains("restart")) {
        load.clone("after-restart", "origin");
        int all = load.latencies("").length + 1;
        try (OperatorProcess operator = start(api)) {
          load.await(all, operator);
          row(
              "restart: to a new clone Ready, s",
              "%.2f",
              (load.lastReady() - operator.started) / 1e9);
          parameters.settle();
          row("restart: own CPU, s", "%.2f", operator.cpu().toNanos() / 1e9);
          row("restart: requests", "%s", operator.requests());
          row("restart: resident peak, MiB", "%d", operator.peakMemory());
          idle(operator);
        }
      }
    }
  }

  private void idle(OperatorProcess operator) {
    long cpu = operator.cpu().toNanos();
    long start = System.nanoTime();
    parameters.idle();
    row(
        "idle: own CPU, ms a second",
        "%.2f",
        (operator.cpu().toNanos() - cpu) * 1e3 / (System.nanoTime() - start));
  }

  private void burst(Workload load, OperatorProcess operator) throws Exception {
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
    parameters.settle();
    row("burst: requests", "%s", difference(requests, operator.requests()));
  }

  private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> difference = new TreeMap<>(after);
    before.forEach((name, number) -> difference.merge(name, -number, Long::sum));
    difference.values().removeIf(n -> n == 0);
    return difference;
  }

  private void paced(Workload load, OperatorProcess operator) throws Exception {
    int count = parameters.paced();
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

  private void collections() throws Exception {
    try (ApiServer api = server();
        KubernetesClient client = api.client();
        Workload load = new Workload(client)) {
      load.each(many, i -> load.collection("collection-" + i, 2000));
      try (OperatorProcess operator = start(api)) {
        load.clone("first", "collection-" + (many - 1));
        load.await(1, operator);
        row(
            "IDs at start: " + many + " Collections, a second",
            "%.0f",
            many / ((load.lastReady() - operator.started) / 1e9));
        parameters.settle();
        row("IDs at start: own CPU each, ms", "%.2f", operator.cpu().toNanos() / 1e6 / many);
        row("IDs at start: requests", "%s", operator.requests());
        row("IDs at start: resident peak, MiB", "%d", operator.peakMemory());
      }
      load.clone("second", "collection-0");
      try (OperatorProcess operator = start(api)) {
        load.await(2, operator);
        row(
            "restart with " + many + " Collections: to a new clone Ready, s",
            "%.2f",
            (load.lastReady() - operator.started) / 1e9);
        parameters.settle();
        row(
            "restart with " + many + " Collections: resident peak, MiB",
            "%d",
            operator.peakMemory());
        row("restart with " + many + " Collections: requests", "%s", operator.requests());
      }
    }
  }
}
