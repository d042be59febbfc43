package com.mixpeek.operator.cli.status.live;

import com.mixpeek.operator.cli.status.CloneRow;
import com.mixpeek.operator.cli.status.Selection;
import com.mixpeek.operator.cli.status.StatusJson;
import com.mixpeek.operator.cli.status.StatusView;
import com.mixpeek.operator.cli.status.live.CloneWatch.Change;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Follows clones where nothing can be drawn anew: a line for each change.
 *
 * @param json whether a line is a JSON object
 * @param err where it is told that the connection broke
 */
public record ChangeLog(
    CloneWatch watch,
    Selection selection,
    boolean json,
    PrintStream out,
    PrintStream err,
    Clock clock) {

  private static final Duration TICK = Duration.ofSeconds(1);

  /** Returns when nobody reads any more; else goes on until it is interrupted. */
  public void follow() throws InterruptedException {
    StatusView clones = new StatusView(selection);
    boolean lost = false;
    boolean first = true;
    while (!out.checkError()) {
      for (Change change : watch.next(TICK)) {
        if (change.deleted() ? clones.remove(change.row()) : clones.put(change.row())) {
          out.println(line(change, clock.instant()));
        }
      }
      if (first && clones.isEmpty()) {
        err.println(selection.none() + " Waiting for some.");
      }
      first = false;
      boolean nowLost = watch.lostSince(clock.instant()).isPresent();
      if (nowLost != lost) {
        err.println(
            nowLost
                ? "The connection to the cluster is lost: trying again."
                : "The connection to the cluster is back.");
      }
      lost = nowLost;
    }
  }

  private String line(Change change, Instant now) {
    CloneRow row = change.row();
    if (json) {
      return StatusJson.line(row, change.deleted(), now);
    }
    String reason = row.seen() ? row.reason() + ": " : "";
    String what = change.deleted() ? "deleted" : reason + row.explanation(now);
    String namespace = selection.allNamespaces() ? row.namespace() + " " : "";
    return "%s %s%s %s"
        .formatted(now.truncatedTo(ChronoUnit.SECONDS), namespace, row.qualifiedName(), what);
  }
}
