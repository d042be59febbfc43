package com.mixpeek.operator.cli.status;

import java.time.Duration;
import java.time.Instant;

/** How long something lasts, in the largest of kubectl's units that still says enough. */
public final class Age {

  private static final int ENOUGH_SECONDS = 120;
  private static final int ENOUGH_MINUTES = 120;
  private static final int ENOUGH_HOURS = 48;

  private Age() {}

  /**
   * @param since null if that is not known
   */
  public static String of(Instant since, Instant now) {
    if (since == null) {
      return "<unknown>";
    }
    Duration age = Duration.between(since, now);
    if (age.toSeconds() < ENOUGH_SECONDS) {
      // A cluster's clock may be ahead of ours.
      return Math.max(0, age.toSeconds()) + "s";
    } else if (age.toMinutes() < ENOUGH_MINUTES) {
      return age.toMinutes() + "m";
    }
    return age.toHours() < ENOUGH_HOURS ? age.toHours() + "h" : age.toDays() + "d";
  }
}
