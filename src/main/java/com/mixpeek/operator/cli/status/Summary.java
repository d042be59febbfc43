package com.mixpeek.operator.cli.status;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** How many clones there are of each standing, in a line. */
final class Summary {

  private static final List<Standing> ORDER =
      List.of(Standing.CLONED, Standing.WAITS, Standing.SUSPENDED, Standing.NEEDS_YOU);

  private final Collection<CloneRow> rows;

  Summary(Collection<CloneRow> rows) {
    this.rows = rows;
  }

  long count(Standing... standings) {
    return rows.stream().filter(r -> Arrays.asList(standings).contains(r.standing())).count();
  }

  /** For example: {@code 12 clones: 9 cloned, 2 wait, 1 needs you.} */
  String sentence() {
    return "%d clone%s: %s.".formatted(rows.size(), rows.size() == 1 ? "" : "s", counts(ORDER));
  }

  /** For example: {@code 2 wait, 1 needs you}; empty where nothing is to be counted. */
  String open() {
    return counts(ORDER.subList(1, ORDER.size()));
  }

  private String counts(List<Standing> standings) {
    return standings.stream()
        .filter(s -> count(s) > 0)
        .map(s -> s.count(count(s)))
        .collect(Collectors.joining(", "));
  }
}
