package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyClone;
import com.mixpeek.operator.cluster.ResourceStore;
import com.mixpeek.operator.cluster.Workbench;
import com.mixpeek.operator.cluster.WriteBarrier;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Makes what TaxonomyClones ask for. */
@ControllerConfiguration(name = "taxonomyclone")
public final class TaxonomyCloneReconciler extends CloneReconciler<TaxonomyClone, Taxonomy> {

  public TaxonomyCloneReconciler(
      ResourceStore<Taxonomy> store, WriteBarrier<Taxonomy> barrier, Workbench bench) {
    super(CatalogKind.TAXONOMY, store, barrier, bench);
  }
}
