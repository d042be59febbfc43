package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.clone.Verdict;
import java.util.Optional;

/** What the operator would do about one clone. */
public sealed interface PlannedAction<C extends CloneResource<?>, R extends CatalogResource<?>> {

  ManifestResource<C> cloneResource();

  /**
   * It creates the target.
   *
   * @param target as the cluster would have it a moment later
   */
  record Create<C extends CloneResource<?>, R extends CatalogResource<?>>(
      ManifestResource<C> cloneResource, R source, R target) implements PlannedAction<C, R> {

    /** {@code metadata.name} of the source, its catalog name where it is only at Mixpeek. */
    public String sourceName(CatalogKind<?, ?> kind) {
      return Optional.ofNullable(source.getMetadata().getName())
          .or(() -> source.text(kind.nameField()))
          .orElse("");
    }
  }

  /**
   * It creates nothing.
   *
   * @param finding why, at the field to look at
   * @param done whether it has made its target elsewhere, by its own status
   */
  record NoOp<C extends CloneResource<?>, R extends CatalogResource<?>>(
      ManifestResource<C> cloneResource, Verdict<R> verdict, Finding finding, boolean done)
      implements PlannedAction<C, R> {

    /** Whether that is as the clone asks, or because it is done: nothing that is wrong. */
    public boolean isIntended() {
      return verdict instanceof Verdict.Blocked<R> blocked && blocked.reason() == Reason.Suspended
          || verdict instanceof Verdict.HasTarget<R> hasTarget && hasTarget.reason().ready()
          || done;
    }
  }
}
