package com.mixpeek.operator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.Connection;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinkTest {

  private static final int DOUBTS = 1_000_000;

  /** One that is lost leaves what does not work Connected for ten minutes. */
  @Test
  void noDoubtIsLost() {
    Connection connection = new Connection();
    connection.setMetadata(new ObjectMetaBuilder().withUid("u").build());
    Link link = new Link(connection);
    AtomicInteger taken = new AtomicInteger();
    CompletableFuture<Void> taking =
        CompletableFuture.runAsync(
            () -> {
              while (taken.get() < DOUBTS) {
                if (link.takeDoubts()) {
                  taken.incrementAndGet();
                }
              }
            });
    for (int i = 0; i < DOUBTS; i++) {
      link.doubt();
      long patience = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      while (taken.get() <= i && System.nanoTime() < patience) {
        Thread.onSpinWait();
      }
      if (taken.get() <= i) {
        taken.set(DOUBTS);
        assertThat(i).as("doubts before one was lost").isEqualTo(DOUBTS);
      }
    }
    taking.join();
  }
}
