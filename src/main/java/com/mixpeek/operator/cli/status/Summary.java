package com.mixpeek.operator.cli.status;

import com.mixpeek.operator.cli.cluster.Health;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** How many clones there are of each health, in a line. */
record Summary(Collection<CloneRow> rows) {

  private static final List<Health> ORDER =
      List.of(Health.HEALTHY, Health.PROGRESSING, Health.SUSPENDED, Health.DEGRADED);

  long count(Health health) {
    return rows.stream().filter(r -> r.health() == health).count();
  }

  /** For example: {@code 12 clones: 9 cloned, 2 wait, 1 needs you.} */
  String sentence() {
    return "%d clone%s: %s.".formatted(rows.size(), rows.size() == 1 ? "" : "s", counts(ORDER));
  }

  /** For example: {@code 2 wait, 1 needs you}; empty where nothing is to be counted. */
  String open() {
    return counts(ORDER.subList(1, ORDER.size()));
  }

  private String counts(List<Health> shown) {
    return shown.stream()
        .filter(h -> count(h) > 0)
        .map(h -> h.count(count(h)))
        .collect(Collectors.joining(", "));
  }
}
