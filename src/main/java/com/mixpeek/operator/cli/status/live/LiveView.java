package com.mixpeek.operator.cli.status.live;

import com.mixpeek.operator.cli.status.Age;
import com.mixpeek.operator.cli.status.Selection;
import com.mixpeek.operator.cli.status.StatusView;
import com.mixpeek.operator.cli.status.live.CloneWatch.Change;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BinaryOperator;

/** Follows clones on a terminal, drawn anew in place. */
public final class LiveView {

  /** At most so often is drawn, */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** and at least so often, for ages grow and terminals change their size. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final CloneWatch watch;
  private final PrintStream out;
  private final BinaryOperator<String> styler;
  private final Clock clock;
  private final StatusView clones;
  private final Screen screen;
  private List<String> picture = List.of();
  private boolean over;

  public LiveView(
      CloneWatch watch,
      Selection selection,
      PrintStream out,
      BinaryOperator<String> styler,
      Clock clock) {
    this.watch = watch;
    this.out = out;
    this.styler = styler;
    this.clock = clock;
    this.clones = new StatusView(selection);
    this.screen = new Screen(out);
  }

  /** Goes on until it is interrupted, or the process is: then the terminal is as it was. */
  public void follow() throws InterruptedException {
    Thread restore = new Thread(this::end);
    Runtime.getRuntime().addShutdownHook(restore);
    screen.enter();
    try {
      Duration patience = PAUSE;
      while (!out.checkError()) {
        draw(watch.next(patience));
        Thread.sleep(PAUSE.toMillis());
        patience = TICK;
      }
    } finally {
      end();
      try {
        Runtime.getRuntime().removeShutdownHook(restore);
      } catch (IllegalStateException e) {
        // It is running: the process ends.
      }
    }
  }

  private synchronized void draw(List<Change> changes) {
    for (Change change : changes) {
      if (change.deleted()) {
        clones.remove(change.row());
      } else {
        clones.put(change.row());
      }
    }
    if (!over) {
      Screen.Size room = Screen.size(System::getenv);
      Instant now = clock.instant();
      picture =
          clones.dashboard(room.width(), room.height(), now, trouble(now)).stream()
              .map(line -> line.render(styler))
              .toList();
      screen.draw(picture);
    }
  }

  private String trouble(Instant now) {
    return watch
        .lostSince(now)
        .map(
            lost ->
                "The connection to the cluster is lost (for %s): trying again. This is how it was."
                    .formatted(Age.of(lost, now)))
        .orElse("");
  }

  /** Leaves on the terminal, below what was there before, how things stand. */
  private synchronized void end() {
    if (!over) {
      over = true;
      screen.leave();
      picture.forEach(out::println);
      out.flush();
    }
  }
}
