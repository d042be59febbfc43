package com.mixpeek.operator.faults.soak;

import com.mixpeek.operator.testing.server.TestServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code make soak} runs: fresh seeds for some minutes, or one seed or file again. */
final class SoakMain {

  private static final PrintStream OUT = System.out;
  private static final int AT_ONCE = 4;

  private final Soak soak;
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  private SoakMain(Soak soak) {
    this.soak = soak;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    TestServer server = Boolean.getBoolean("soak.real") ? TestServer.REAL : TestServer.EMBEDDED;
    SoakMain main = new SoakMain(new Soak(server));
    String steps = System.getProperty("soak.steps", "");
    String seed = System.getProperty("soak.seed", "");
    if (!steps.isEmpty()) {
      main.count(main.soak.run(Path.of(steps)));
    } else if (!seed.isEmpty()) {
      main.count(main.soak.run(Long.parseLong(seed)));
    } else {
      main.freshSeeds(Duration.ofMinutes(Long.getLong("soak.minutes", 1)));
    }
    OUT.printf(
        "%d sequences on %s, of which %d failed; they came by %s.%n",
        main.runs.get(), server, main.failures.get(), main.soak.reasons());
    System.exit(main.failures.get() == 0 ? 0 : 1);
  }

  private void freshSeeds(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    for (int i = 0; i < AT_ONCE; i++) {
      threads.execute(
          () -> {
            while (System.nanoTime() < end) {
              count(soak.run(ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE)));
            }
          });
    }
    threads.shutdown();
    threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }

  private void count(Optional<Soak.Failure> failure) {
    runs.incrementAndGet();
    failure.ifPresent(
        f -> {
          failures.incrementAndGet();
          OUT.println(f);
        });
  }
}
