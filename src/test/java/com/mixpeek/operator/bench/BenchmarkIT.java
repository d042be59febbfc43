package com.mixpeek.operator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The benchmark in small: that it runs and has every row. No figure is held against a time. */
class BenchmarkIT {

  private static final int COUNT = 10;
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern REQUESTS = Pattern.compile("([a-z]+ [a-z/]+(?: \\w+)?)=(\\d+)");

  @Test
  void everyRowIsThereAndAClonesWritesAreThreeAndAnEvent() throws Exception {
    Map<String, String> rows = run();
    assertThat(rows)
        .containsOnlyKeys(
            "---",
            "bare loop: clones a second",
            "bare loop: own CPU a clone, ms",
            "start to first clone Ready, s",
            "backlog: clones a second",
            "backlog: share of the bare loop",
            "backlog: own CPU a clone with start, ms",
            "backlog: requests",
            "resident peak, MiB",
            "burst: clones a second",
            "burst: own CPU a clone (warm), ms",
            "burst: requests",
            "20 a second: created to Ready p50 / p99, ms",
            "20 a second: own CPU a clone, ms",
            "resident peak in the end, MiB",
            "restart: to a new clone Ready, s",
            "restart: own CPU, s",
            "restart: requests",
            "restart: resident peak, MiB",
            "idle: own CPU, ms a second",
            "IDs at start: 20 Collections, a second",
            "IDs at start: own CPU each, ms",
            "IDs at start: requests",
            "IDs at start: resident peak, MiB",
            "restart with 20 Collections: to a new clone Ready, s",
            "restart with 20 Collections: resident peak, MiB",
            "restart with 20 Collections: requests",
            "JMH: decision, 2 KB, µs",
            "JMH: decision, 200 KB, µs",
            "JMH: overlay, 2 KB, µs",
            "JMH: overlay, 200 KB, µs",
            "JMH: digest, 2 KB, µs",
            "JMH: digest, 200 KB, µs",
            "JMH: lookUp, 1000 resources, µs",
            "JMH: lookUp, 100000 resources, µs");
    assertThat(writes(rows.get("burst: requests"))).isEqualTo(clones(COUNT));
    assertThat(writes(rows.get("restart: requests"))).isEqualTo(clones(1));
    assertThat(writes(rows.get("restart with 20 Collections: requests"))).isEqualTo(clones(1));
    assertIdsAreAssignedToo(writes(rows.get("backlog: requests")), COUNT, 1);
    assertIdsAreAssignedToo(writes(rows.get("IDs at start: requests")), 1, 20);
  }

  /** On a busy machine a clone may wait for its source's ID for so long that it says so. */
  private static void assertIdsAreAssignedToo(Map<String, Integer> writes, int made, int others) {
    Map<String, Integer> expected = new HashMap<>(clones(made));
    expected.merge("patch collections/status", others, Integer::sum);
    int told = writes.getOrDefault("create events", 0) - made;
    assertThat(told).isBetween(0, made);
    expected.merge("create events", told, Integer::sum);
    expected.merge("patch collectionclones/status", told, Integer::sum);
    assertThat(writes).isEqualTo(expected);
  }

  private static Map<String, Integer> clones(int made) {
    return Map.of(
        "create collections", made,
        "patch collections/status", made,
        "create events", made,
        "patch collectionclones/status", made);
  }

  private static Map<String, Integer> writes(String requests) {
    Map<String, Integer> writes = new LinkedHashMap<>();
    Matcher request = REQUESTS.matcher(requests);
    while (request.find()) {
      if (!request.group(1).startsWith("list ") && !request.group(1).startsWith("get ")) {
        writes.put(request.group(1), Integer.parseInt(request.group(2)));
      }
    }
    return writes;
  }

  /** Runs it as {@code make bench} does, and reads the table that it appends. */
  private static Map<String, String> run() throws IOException, InterruptedException {
    Path page = Files.createTempFile(Path.of("target"), "benchmarks", ".md");
    Process benchmark =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.util.logging.config.file=src/test/resources/logging.properties",
                "-Djmh.ignoreLock=true",
                "-Dbench.embedded=true",
                "-Dbench.count=" + COUNT,
                "-Dbench.paced=" + COUNT,
                "-Dbench.many=20",
                "-Dbench.settle=500",
                "-Dbench.idle=500",
                "-Dbench.iteration=0",
                "-Dbench.flags=-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "-Dbench.page=" + page,
                Benchmark.class.getName(),
                "target/mixpeek-operator.jar")
            .redirectErrorStream(true)
            .start();
    String printed = new String(benchmark.getInputStream().readAllBytes());
    assertThat(benchmark.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(benchmark.exitValue()).as(printed).isZero();
    Map<String, String> rows = new LinkedHashMap<>();
    Matcher row = ROW.matcher(Files.readString(page));
    while (row.find()) {
      rows.put(row.group(1), row.group(2));
    }
    return rows;
  }
}
