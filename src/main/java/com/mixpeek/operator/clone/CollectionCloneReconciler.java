package com.mixpeek.operator.clone;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.cluster.ResourceStore;
import com.mixpeek.operator.cluster.Workbench;
import com.mixpeek.operator.cluster.WriteBarrier;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Makes what CollectionClones ask for. */
@ControllerConfiguration(name = "collectionclone")
public final class CollectionCloneReconciler extends CloneReconciler<CollectionClone, Collection> {

  public CollectionCloneReconciler(
      ResourceStore<Collection> store, WriteBarrier<Collection> barrier, Workbench bench) {
    super(CatalogKind.COLLECTION, store, barrier, bench);
  }
}
