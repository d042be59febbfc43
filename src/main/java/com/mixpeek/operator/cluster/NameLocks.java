package com.mixpeek.operator.cluster;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Lets one thread at a time decide about a name or ID and write what was decided: of six clones
 * that want one name at once, five see what the first created.
 */
public final class NameLocks {

  /** So many that threads which want different names seldom meet. */
  private static final int STRIPES = 1024;

  private final Lock[] locks =
      IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

  /** Runs the work while no other work for any of the keys runs. */
  public <T> T locked(Collection<String> keys, Supplier<T> work) {
    Deque<Lock> held = new ArrayDeque<>();
    try {
      // In one order for everyone, so that no two threads wait for each other.
      keys.stream()
          .mapToInt(key -> Math.floorMod(key.hashCode(), STRIPES))
          .distinct()
          .sorted()
          .forEach(
              stripe -> {
                locks[stripe].lock();
                held.push(locks[stripe]);
              });
      return work.get();
    } finally {
      held.forEach(Lock::unlock);
    }
  }
}
