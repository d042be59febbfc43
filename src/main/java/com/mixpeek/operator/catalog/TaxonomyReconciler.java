package com.mixpeek.operator.catalog;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.cluster.ResourceStore;
import com.mixpeek.operator.cluster.Workbench;
import com.mixpeek.operator.cluster.WriteBarrier;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Assigns the IDs of Taxonomy resources. */
@ControllerConfiguration(name = "taxonomy")
public final class TaxonomyReconciler extends CatalogReconciler<Taxonomy> {

  public TaxonomyReconciler(
      ResourceStore<Taxonomy> store, WriteBarrier<Taxonomy> barrier, Workbench bench) {
    super(CatalogKind.TAXONOMY, store, barrier, bench);
  }
}
