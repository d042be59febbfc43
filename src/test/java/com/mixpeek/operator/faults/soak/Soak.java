package com.mixpeek.operator.faults.soak;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.EmbeddedApiServer;
import com.mixpeek.operator.testing.server.TestServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.assertj.core.util.Throwables;
import org.opentest4j.TestAbortedException;

/**
 * Runs sequences, finds those that fail, and makes them shorter.
 *
 * @param server what they run against
 * @param reasons how often each was seen
 */
record Soak(TestServer server, Map<String, Integer> reasons) {

  static final int LENGTH = 60;

  private static final Duration SHRINK = Duration.ofMinutes(5);

  /** While a sequence is made shorter: what does not settle would else be waited for each time. */
  private static final Duration IMPATIENCE = Duration.ofSeconds(12);

  private static final int AT_ONCE = 8;
  private static final PrintStream OUT = System.out;

  /** What went wrong, of the shortest sequence that was found. */
  record Failure(Path file, List<Step> steps, String problems) {

    @Override
    public String toString() {
      return "%s%n%s%nAgain: make soak STEPS=%s"
          .formatted(
              problems, steps.stream().map(Step::toString).collect(Collectors.joining("\n")), file);
    }
  }

  Soak(TestServer server) {
    this(server, new ConcurrentSkipListMap<>());
  }

  private void said(String reason) {
    reasons.merge(reason.isEmpty() ? "nothing told" : reason, 1, Integer::sum);
  }

  /** Runs the sequence of a seed. */
  Optional<Failure> run(long seed) {
    CatalogKind<?, ?> kind = CatalogKind.ALL.get((int) Math.floorMod(seed, 2L));
    return run(kind, Step.sequence(seed, LENGTH), "seed-" + seed);
  }

  /** Runs the sequence of a file, as it is written where one fails. */
  Optional<Failure> run(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    CatalogKind<?, ?> kind =
        lines.get(0).equals(CatalogKind.COLLECTION.name())
            ? CatalogKind.COLLECTION
            : CatalogKind.TAXONOMY;
    List<Step> steps = lines.stream().skip(1).map(Step::parse).toList();
    return run(kind, steps, file.getFileName().toString().replaceFirst("[.]txt$", ""));
  }

  /** Runs a sequence, and where it fails shorter ones, of which the shortest is written down. */
  Optional<Failure> run(CatalogKind<?, ?> kind, List<Step> steps, String name) {
    Optional<String> problems = problems(kind, steps, SoakRun.PATIENCE);
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    OUT.printf("%s fails on %s and is made shorter:%n%s%n", name, server, problems.get());
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    long end = System.nanoTime() + SHRINK.toNanos();
    try {
      List<Step> shortest =
          Shrinker.shrink(
              steps,
              s -> problems(kind, s, IMPATIENCE).isPresent(),
              threads,
              () -> System.nanoTime() < end);
      return Optional.of(
          new Failure(
              write(kind, shortest, name),
              shortest,
              problems(kind, shortest, SoakRun.PATIENCE).orElse(problems.get())));
    } finally {
      threads.shutdown();
    }
  }

  private static Path write(CatalogKind<?, ?> kind, List<Step> steps, String name) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "soak"));
      List<String> lines = new ArrayList<>(List.of(kind.name()));
      steps.forEach(step -> lines.add(step.toString()));
      return Files.write(folder.resolve(name + ".txt"), lines);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<String> problems(CatalogKind<?, ?> kind, List<Step> steps, Duration patience) {
    try {
      if (server == TestServer.REAL) {
        SoakRun.run(server.orSkip("the soak"), kind, steps, patience, this::said);
      } else {
        try (ApiServer own = new EmbeddedApiServer()) {
          SoakRun.run(own, kind, steps, patience, this::said);
        }
      }
      return Optional.empty();
    } catch (TestAbortedException e) {
      throw e;
    } catch (AssertionError e) {
      return Optional.of(e.toString());
    } catch (RuntimeException e) {
      return Optional.of(Throwables.getStackTrace(e));
    }
  }
}
