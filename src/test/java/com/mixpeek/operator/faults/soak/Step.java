package com.mixpeek.operator.faults.soak;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One thing that happens. It is the same whatever was before it, and does nothing where there is
 * nothing to do it to, so that a sequence without some of its steps is a sequence as well.
 *
 * @param numbers which resource, name, fault and so on, for the action to choose by
 */
record Step(Action action, List<Integer> numbers) {

  private static final int NUMBERS = 4;
  private static final int BOUND = 60;
  private static final int WEIGHTS = Arrays.stream(Action.values()).mapToInt(Action::weight).sum();

  /** A sequence, the same for a seed whenever it is asked for. */
  static List<Step> sequence(long seed, int length) {
    Random random = new Random(seed);
    return IntStream.range(0, length).mapToObj(i -> random(random)).toList();
  }

  private static Step random(Random random) {
    int left = random.nextInt(WEIGHTS);
    for (Action action : Action.values()) {
      left -= action.weight();
      if (left < 0) {
        return new Step(action, random.ints(NUMBERS, 0, BOUND).boxed().toList());
      }
    }
    throw new AssertionError("The weights sum up to more.");
  }

  /** A choice from so many. */
  int choice(int number, int bound) {
    return numbers.get(number) % bound;
  }

  <T> T choice(int number, List<T> from) {
    return from.get(choice(number, from.size()));
  }

  static Step parse(String line) {
    List<String> words = List.of(line.strip().split(" +"));
    List<Integer> numbers = words.stream().skip(1).map(Integer::valueOf).toList();
    return new Step(Action.valueOf(words.get(0)), numbers);
  }

  @Override
  public String toString() {
    return action + numbers.stream().map(number -> " " + number).collect(Collectors.joining());
  }
}
