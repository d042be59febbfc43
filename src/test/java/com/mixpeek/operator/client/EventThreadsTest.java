package com.mixpeek.operator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventThreadsTest {

  private final EventThreads.Supplier supplier = new EventThreads.Supplier();
  private final Executor threads = supplier.get();

  /** What was done, and in which thread. */
  private final List<String> done = new CopyOnWriteArrayList<>();

  private final List<Thread> in = new CopyOnWriteArrayList<>();

  private void did(String what) {
    in.add(Thread.currentThread());
    done.add(what);
  }

  @Test
  void whatATaskHandsOnIsDoneNextInItsThread() {
    threads.execute(
        () -> {
          threads.execute(() -> did("second"));
          threads.execute(() -> did("third"));
          did("first");
        });
    await().until(() -> done.size() == 3);
    assertThat(done).containsExactly("first", "second", "third");
    assertThat(in).containsOnly(in.get(0));
  }

  @Test
  void whatATaskHandedOnIsDoneThoughItFails() {
    threads.execute(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> did(e.getMessage()));
          threads.execute(() -> did("second"));
          throw new IllegalStateException("It fails.");
        });
    await().until(() -> done.size() == 2);
    assertThat(done).containsExactlyInAnyOrder("second", "It fails.");
  }

  @Test
  void aTaskThatIsHeldUpHoldsUpNoOther() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    threads.execute(
        () -> {
          held.countDown();
          try {
            released.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          did("first");
        });
    held.await();
    threads.execute(() -> did("other"));
    await().until(() -> done.contains("other"));
    released.countDown();
    await().until(() -> done.size() == 2);
    assertThat(done).containsExactly("other", "first");
  }

  @AfterEach
  void endsWithItsClient() {
    supplier.onClose(threads);
    assertThatThrownBy(() -> threads.execute(() -> did("late")))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
