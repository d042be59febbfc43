package com.mixpeek.operator.bench;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Single functions, by JMH. */
final class MicroBenchmarks {

  private MicroBenchmarks() {}

  /**
   * Runs them all.
   *
   * @param iterationMillis how long one of three iterations is, after two that warm up; where it is
   *     0 all is run once, in this process, so that it is seen to work
   * @param row takes the name and the figure of each
   */
  static void run(int iterationMillis, BiConsumer<String, String> row) throws RunnerException {
    boolean once = iterationMillis == 0;
    Options options =
        new OptionsBuilder()
            .include(Decisions.class.getName())
            .include(LookUps.class.getName())
            .mode(once ? Mode.SingleShotTime : Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(once ? 0 : 1)
            .warmupIterations(once ? 0 : 2)
            .warmupTime(TimeValue.milliseconds(Math.max(1, iterationMillis)))
            .measurementIterations(once ? 1 : 3)
            .measurementTime(TimeValue.milliseconds(Math.max(1, iterationMillis)))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    for (RunResult result : new Runner(options).run()) {
      row.accept(
          name(result), String.format(Locale.ROOT, "%.2f", result.getPrimaryResult().getScore()));
    }
  }

  private static String name(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    String size = result.getParams().getParam("specKb");
    return "JMH: %s, %s, µs"
        .formatted(
            benchmark.substring(benchmark.lastIndexOf('.') + 1),
            size == null ? result.getParams().getParam("resources") + " resources" : size + " KB");
  }
}
