package com.mixpeek.operator.faults.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Makes a failing sequence shorter: delta debugging, with all candidates of a round at once. */
final class Shrinker {

  private Shrinker() {}

  /**
   * The shortest that was found.
   *
   * @param fails whether a sequence fails, asked on the threads
   * @param goesOn whether there is time for another round
   */
  static <T> List<T> shrink(
      List<T> failing, Predicate<List<T>> fails, ExecutorService threads, BooleanSupplier goesOn) {
    List<T> shortest = failing;
    int parts = 2;
    while (shortest.size() > 1 && goesOn.getAsBoolean()) {
      Optional<List<T>> shorter = firstFailing(without(shortest, parts), fails, threads);
      if (shorter.isPresent()) {
        shortest = shorter.get();
        parts = Math.max(2, parts - 1);
      } else if (parts >= shortest.size()) {
        return shortest;
      } else {
        parts = Math.min(shortest.size(), parts * 2);
      }
    }
    return shortest;
  }

  /** The sequence without each of so many parts of it. */
  private static <T> List<List<T>> without(List<T> all, int parts) {
    List<List<T>> candidates = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      List<T> rest = new ArrayList<>(all.subList(0, all.size() * part / parts));
      rest.addAll(all.subList(all.size() * (part + 1) / parts, all.size()));
      candidates.add(rest);
    }
    return candidates;
  }

  private static <T> Optional<List<T>> firstFailing(
      List<List<T>> candidates, Predicate<List<T>> fails, ExecutorService threads) {
    record Trial<T>(List<T> steps, CompletableFuture<Boolean> failed) {}
    return candidates.stream()
        .map(c -> new Trial<>(c, CompletableFuture.supplyAsync(() -> fails.test(c), threads)))
        .toList()
        .stream()
        .filter(trial -> trial.failed().join())
        .findFirst()
        .map(Trial::steps);
  }
}
