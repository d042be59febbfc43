package com.mixpeek.operator.faults.soak;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.mixpeek.operator.testing.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same few seeds each time; {@code make soak} goes on with fresh ones. */
class SoakTest {

  private static final int AT_ONCE = 6;
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> settlesAsTheContractSays() {
    return Stream.concat(
        seeds(TestServer.EMBEDDED, Integer.getInteger("soak.seeds", 24)),
        seeds(TestServer.REAL, TestServer.REAL.isAvailable() ? 2 : 0));
  }

  /** What a seed once found, made short. */
  @TestFactory
  Stream<DynamicTest> settlesAsItOnceDidNot() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/soak"))) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  dynamicTest(
                      file.getFileName().toString(),
                      () ->
                          new Soak(TestServer.EMBEDDED)
                              .run(file)
                              .ifPresent(failure -> fail(failure.toString()))));
    }
  }

  private static Stream<DynamicTest> seeds(TestServer server, int count) {
    Soak soak = new Soak(server);
    record Run(long seed, CompletableFuture<Optional<Soak.Failure>> done) {}
    return LongStream.range(0, count)
        .mapToObj(
            seed -> new Run(seed, CompletableFuture.supplyAsync(() -> soak.run(seed), THREADS)))
        .toList()
        .stream()
        .map(
            run ->
                dynamicTest(
                    "%s, seed %d".formatted(server, run.seed()),
                    () -> run.done().join().ifPresent(failure -> fail(failure.toString()))));
  }
}
