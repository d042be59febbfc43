package com.mixpeek.operator.testing.mixpeek;

import com.mixpeek.operator.remote.Operation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The switches of a {@link FakeMixpeek}: which fault happens to which operation, how often. */
public final class RemoteFaults {

  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  private record Rule(RemoteFault fault, Operation operation, AtomicInteger left) {

    boolean takes(Operation asked) {
      return operation == asked && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  /**
   * Lets a fault happen.
   *
   * @param times how often at most
   */
  public void inject(RemoteFault fault, int times, Operation operation) {
    rules.add(new Rule(fault, operation, new AtomicInteger(times)));
  }

  /** Ends every fault. */
  public void heal() {
    rules.clear();
  }

  Optional<RemoteFault> next(Operation operation) {
    return rules.stream().filter(rule -> rule.takes(operation)).map(Rule::fault).findFirst();
  }
}
