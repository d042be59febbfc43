package com.mixpeek.operator.faults.soak;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.server.ApiServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One sequence on a namespace of its own. */
final class SoakRun implements AutoCloseable {

  /** Longer than a retry's longest delay: a run of faults may have led up to it. */
  static final Duration PATIENCE = Duration.ofSeconds(75);

  /** How long nothing must be written for things to have settled. */
  private static final Duration QUIET = Duration.ofMillis(400);

  private static final Duration POLL = Duration.ofMillis(50);

  private final Duration patience;
  private final CatalogKind<?, ?> kind;
  private final TestNamespace namespace;
  private final History history;
  private final World world;
  private final Replicas replicas;

  private SoakRun(
      ApiServer server, CatalogKind<?, ?> kind, Duration patience, Consumer<String> said) {
    this.patience = patience;
    this.kind = kind;
    namespace = new TestNamespace(server);
    namespace.resources(kind);
    history = new History(namespace.client(), namespace.name(), kind, said);
    world = new World(namespace.json(), kind);
    replicas = new Replicas(server, namespace.name(), kind);
  }

  /**
   * Does all that, and fails where it does not end as the contract says.
   *
   * @param patience how long things may take to settle
   * @param said is told of each reason that is seen
   * @throws AssertionError with what is amiss
   */
  static void run(
      ApiServer server,
      CatalogKind<?, ?> kind,
      List<Step> steps,
      Duration patience,
      Consumer<String> said) {
    try (SoakRun run = new SoakRun(server, kind, patience, said)) {
      steps.forEach(run::perform);
      run.settle();
      run.restart();
    }
  }

  private void perform(Step step) {
    switch (step.action()) {
      case DISCONNECT, RESTART, STOP, LEAD, FAULT, END_WATCHES -> replicas.perform(step);
      case PAUSE -> pause(Duration.ofMillis(5L * step.numbers().get(0)));
      case SETTLE -> settle();
      default -> world.perform(step);
    }
  }

  private void settle() {
    replicas.heal();
    long end = System.nanoTime() + patience.toNanos();
    List<String> problems = unsettled();
    while (!problems.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(String.join("\n", problems));
      }
      pause(POLL);
      problems = unsettled();
    }
  }

  /** What is amiss: with the state, or that it is still written about. */
  private List<String> unsettled() {
    world.collectGarbage();
    long writes = replicas.writes();
    List<String> problems = Settlement.problems(kind, world, history);
    if (problems.isEmpty()) {
      pause(QUIET);
      long more = replicas.writes() - writes;
      return more == 0
          ? Settlement.problems(kind, world, history)
          : List.of("%d more writes though all is as it should be".formatted(more));
    }
    return problems;
  }

  /** Of what has settled, a new process has nothing to write. */
  private void restart() {
    replicas.restartLeader();
    pause(QUIET);
    if (replicas.writes() != 0) {
      throw new AssertionError(
          "A new process wrote %d times though all was settled.".formatted(replicas.writes()));
    }
    List<String> problems = unsettled();
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n", problems));
    }
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }

  @Override
  public void close() {
    replicas.close();
    history.close();
    namespace.close();
  }
}
