package com.mixpeek.operator.testing;

import java.util.List;

/** What differs between two texts, line by line, as {@code diff} shows it with all the context. */
public final class LineDiff {

  private LineDiff() {}

  /** Each line, with {@code -} where only the expected text has it and {@code +} the actual one. */
  public static String of(String expected, String actual) {
    List<String> left = expected.lines().toList();
    List<String> right = actual.lines().toList();
    int[][] common = common(left, right);
    StringBuilder diff = new StringBuilder();
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      if (i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
        diff.append("  ").append(left.get(i++)).append('\n');
        j++;
      } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
        diff.append("- ").append(left.get(i++)).append('\n');
      } else {
        diff.append("+ ").append(right.get(j++)).append('\n');
      }
    }
    return diff.toString();
  }

  /** The length of the longest common subsequence of the lines from i and from j on. */
  private static int[][] common(List<String> left, List<String> right) {
    int[][] length = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        length[i][j] =
            left.get(i).equals(right.get(j))
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    return length;
  }
}
