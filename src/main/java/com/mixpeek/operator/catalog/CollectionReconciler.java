package com.mixpeek.operator.catalog;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.cluster.ResourceStore;
import com.mixpeek.operator.cluster.Workbench;
import com.mixpeek.operator.cluster.WriteBarrier;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Assigns the IDs of Collection resources. */
@ControllerConfiguration(name = "collection")
public final class CollectionReconciler extends CatalogReconciler<Collection> {

  public CollectionReconciler(
      ResourceStore<Collection> store, WriteBarrier<Collection> barrier, Workbench bench) {
    super(CatalogKind.COLLECTION, store, barrier, bench);
  }
}
