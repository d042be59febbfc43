package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyClone;
import com.mixpeek.operator.cluster.EventRecorder;
import com.mixpeek.operator.cluster.ResourceStore;
import com.mixpeek.operator.cluster.ResourceWriter;
import com.mixpeek.operator.cluster.WriteBarrier;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import java.time.Clock;

/** Makes what TaxonomyClones ask for. */
@ControllerConfiguration(name = "taxonomyclone")
public final class TaxonomyCloneReconciler extends CloneReconciler<TaxonomyClone, Taxonomy> {

  public TaxonomyCloneReconciler(
      ResourceStore<Taxonomy> store,
      WriteBarrier<Taxonomy> barrier,
      ResourceWriter writer,
      EventRecorder events,
      Clock clock) {
    super(CatalogKind.TAXONOMY, store, barrier, writer, events, clock);
  }
}
