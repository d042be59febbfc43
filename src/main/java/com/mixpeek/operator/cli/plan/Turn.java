package com.mixpeek.operator.cli.plan;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.lookup.Lookups;

/** What goes on in the plans of both kinds. */
interface Turn {

  Lookups lookups();

  /** Has the step taken once those before it are. */
  void enqueue(Runnable step);

  /** Goes on with what waits for the resource. */
  <R extends CatalogResource<?>> void wake(CatalogKind<?, R> kind, R resource);
}
