package com.mixpeek.operator.cli.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.clone.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One place where a copy is no longer what would be made of its source today.
 *
 * @param change from what would be made today to what the copy is
 * @param by which of the two was changed since the copy was made
 */
public record Drift(Change change, By by) {

  public enum By {
    /** The source's value is another than the one that was copied. */
    source,
    /** The copy's value is another than the one that it was made with. */
    copy,
    /** Both were changed, and which of them here is recorded nowhere. */
    either
  }

  /** {@code description: the source has a, the copy has b (the source was changed since)}. */
  @Override
  public String toString() {
    String had = by == By.copy ? "made with " : "the source has ";
    String changed =
        by == By.either
            ? "one of them was changed since, or both"
            : "the " + by + " was changed since";
    return "%s: %s%s, the copy has %s (%s)"
        .formatted(change.path(), had, value(change.from()), value(change.to()), changed);
  }

  private static String value(JsonNode value) {
    return value == null ? "nothing" : Change.shown(value);
  }

  /**
   * Where the two have drifted apart since the clone was made.
   *
   * <p>Which one was changed follows from the generations: a copy is made at its generation 1, and
   * its clone reports which generation of the source it copied. An overridden field was never the
   * source's.
   */
  public static List<Drift> between(
      CatalogKind<?, ?> kind,
      CloneResource<?> clone,
      CatalogResource<?> source,
      CatalogResource<?> copy) {
    ObjectNode overrides = clone.getSpec().getOverrides();
    ObjectNode today = Overlay.spec(kind, source.getSpec(), overrides);
    List<String> overridden = Overlay.overridden(kind, overrides);
    CloneStatus status = clone.getStatus();
    boolean sourceChanged =
        !Objects.equals(status.getSourceGeneration(), source.getMetadata().getGeneration());
    boolean copyChanged = !Objects.equals(copy.getMetadata().getGeneration(), 1L);
    List<Drift> drifts = new ArrayList<>();
    for (Change change : Change.between(today, copy.getSpec())) {
      boolean own = overridden.contains(change.field()) || !sourceChanged;
      drifts.add(new Drift(change, own ? By.copy : copyChanged ? By.either : By.source));
    }
    return drifts;
  }
}
