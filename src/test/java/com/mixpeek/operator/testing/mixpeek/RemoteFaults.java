package com.mixpeek.operator.testing.mixpeek;

import com.mixpeek.operator.remote.Operation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The switches of a {@link FakeMixpeek}: which fault happens to which operation, how often. */
public final class RemoteFaults {

  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /**
   * @param begins the operation from which on it counts, null for at once
   */
  private record Rule(
      RemoteFault fault,
      Operation operation,
      AtomicInteger left,
      AtomicReference<Operation> begins) {

    boolean takes(Operation asked) {
      if (begins.get() != null) {
        begins.compareAndSet(asked, null);
        return false;
      }
      return operation == asked && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  /**
   * Lets a fault happen.
   *
   * @param times how often at most
   */
  public void inject(RemoteFault fault, int times, Operation operation) {
    rules.add(new Rule(fault, operation, new AtomicInteger(times), new AtomicReference<>()));
  }

  /** Lets a fault happen each time after the next request of another operation. */
  public void injectAfter(Operation next, RemoteFault fault, Operation operation) {
    rules.add(
        0,
        new Rule(
            fault, operation, new AtomicInteger(Integer.MAX_VALUE), new AtomicReference<>(next)));
  }

  /** Whether all that is to happen a number of times has happened. */
  public boolean areSpent() {
    return rules.stream().allMatch(rule -> rule.left().get() == 0);
  }

  /** Ends every fault. */
  public void heal() {
    rules.clear();
  }

  Optional<RemoteFault> next(Operation operation) {
    return rules.stream().filter(rule -> rule.takes(operation)).map(Rule::fault).findFirst();
  }
}
