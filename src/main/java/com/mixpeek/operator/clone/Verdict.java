package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Reason;

/**
 * What is to be done about a clone, or to be said of it.
 *
 * @param <R> what is cloned
 */
public sealed interface Verdict<R extends CatalogResource<?>> {

  /** The target is to be created. */
  record Create<R extends CatalogResource<?>>(R desired, R source) implements Verdict<R> {}

  /** The clone's own target is there, in this state. */
  record HasTarget<R extends CatalogResource<?>>(R target, Reason reason, String message)
      implements Verdict<R> {}

  /**
   * There is no target of the clone's own, for this reason.
   *
   * @param tried the source whose copy the API server refused as invalid; null with other reasons
   * @param passing whether it ends by itself, as a rule within a moment
   */
  record Blocked<R extends CatalogResource<?>>(
      Reason reason, String message, R tried, boolean passing) implements Verdict<R> {

    public Blocked(Reason reason, String message) {
      this(reason, message, null, reason == Reason.SourceNotReady);
    }
  }

  /** Nothing that was said has changed, and trying again would change nothing. */
  record Unchanged<R extends CatalogResource<?>>() implements Verdict<R> {}
}
