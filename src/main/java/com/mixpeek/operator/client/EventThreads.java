package com.mixpeek.operator.client;

import io.fabric8.kubernetes.client.KubernetesClientBuilder.ExecutorSupplier;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/**
 * Does what watches tell. fabric8 hands each event on twice, one after the other, and its own
 * executor does so from thread to thread, which takes as long as what is done about the event. Here
 * what such a task hands on is done next in the same thread. What others hand in has threads of its
 * own, so that an informer that is held up, as the SDK does while it starts, holds up no other.
 */
final class EventThreads implements Executor {

  private final ExecutorService threads =
      Executors.newCachedThreadPool(new DefaultThreadFactory("events", true));

  /** What is to be done next in this thread, null in threads of others. */
  private final ThreadLocal<Queue<Runnable>> following = new ThreadLocal<>();

  private EventThreads() {}

  /** One for each client, which ends with it. */
  static final class Supplier implements ExecutorSupplier {

    @Override
    public Executor get() {
      return new EventThreads();
    }

    @Override
    public void onClose(Executor executor) {
      ((EventThreads) executor).threads.shutdownNow();
    }
  }

  @Override
  public void execute(Runnable task) {
    Queue<Runnable> next = following.get();
    if (next == null) {
      threads.execute(() -> run(task));
    } else {
      next.add(task);
    }
  }

  private void run(Runnable first) {
    Queue<Runnable> tasks = new ArrayDeque<>();
    following.set(tasks);
    try {
      for (Runnable task = first; task != null; task = tasks.poll()) {
        task.run();
      }
    } finally {
      following.remove();
      // Of a task that failed: what it handed on is done all the same.
      tasks.forEach(this::execute);
    }
  }
}
