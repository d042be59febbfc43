package com.mixpeek.operator.demo;

import com.mixpeek.operator.testing.server.ApiServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Shows examples and applies them one after the other while an operator runs. */
final class ExampleRun implements AutoCloseable {

  /** How long the next file waits for a first word on the last one, so that both read in order. */
  private static final Duration FIRST_WORD = Duration.ofSeconds(5);

  private final ExampleJudge judge;
  private final PrintStream out;
  private final StatusLines lines;

  /**
   * @param patience how long all of it may take at most once the last file is applied
   */
  ExampleRun(
      ApiServer server, String namespace, Duration patience, PrintStream out, StatusLines lines) {
    this.judge = new ExampleJudge(server, namespace, patience);
    this.out = out;
    this.lines = lines;
  }

  /**
   * Applies all of them and waits for their end.
   *
   * @return a sentence on each that did not end as it says
   */
  List<String> run(List<Example> examples) throws InterruptedException {
    for (Example example : examples) {
      out.printf("%n%s%n  %s%n", example.file(), example.comment());
      judge.apply(example);
      if (example.isClone()) {
        lines.await(example.qualifiedName() + " \\w+: ", FIRST_WORD);
      }
    }
    List<String> complaints = judge.complaints(examples);
    for (Example example : examples) {
      if (example.isClone() && judge.endsAsItSays(example)) {
        lines.await("%s %s: ".formatted(example.qualifiedName(), example.endsAs()), FIRST_WORD);
      }
    }
    return complaints;
  }

  @Override
  public void close() {
    judge.close();
  }
}
