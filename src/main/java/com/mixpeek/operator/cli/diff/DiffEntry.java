package com.mixpeek.operator.cli.diff;

import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.cli.plan.Entry;
import com.mixpeek.operator.cli.plan.Finding;
import java.util.List;

/**
 * What there is to be shown of one clone; exactly one of the three is given.
 *
 * @param diff what it would make
 * @param since what became of what it made
 * @param unmade why it makes nothing
 * @param asWished whether it makes nothing because it was told so, or has done so
 */
public record DiffEntry(
    Entry<? extends CloneResource<?>> order,
    CloneDiff diff,
    Since since,
    Finding unmade,
    boolean asWished) {

  /**
   * How source and copy have changed since the clone was made.
   *
   * @param source {@code metadata.name} of the source
   * @param target {@code metadata.name} of the copy
   * @param id the copy's ID
   * @param gone what of the two is no more, as a sentence; null while both are there
   */
  public record Since(String source, String target, String id, List<Drift> drifts, String gone) {

    public String summary() {
      String made = "%s → %s: made already, ID %s".formatted(source, target, id);
      if (gone != null) {
        return made + "; " + gone;
      }
      return drifts.isEmpty()
          ? made + "; source and copy are as they were"
          : made
              + "; drifted apart in "
              + drifts.size()
              + (drifts.size() == 1 ? " place" : " places");
    }
  }

  public String name() {
    return order.name();
  }

  /** The one line that says it all. */
  public String summary() {
    return diff != null ? diff.summary() : since != null ? since.summary() : unmade.message();
  }

  /** A clone that makes nothing, unless it was told so, and a drift are to be looked at. */
  public boolean isFinding() {
    if (unmade != null) {
      return !asWished;
    }
    return since != null && (since.gone() != null || !since.drifts().isEmpty());
  }
}
