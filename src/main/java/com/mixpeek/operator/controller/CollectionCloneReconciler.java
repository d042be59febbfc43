package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Makes what CollectionClones ask for. */
@ControllerConfiguration(name = "collectionclone")
public final class CollectionCloneReconciler extends CloneReconciler<CollectionClone, Collection> {

  public CollectionCloneReconciler(
      ResourceCache<Collection> resources,
      NameLocks locks,
      RemoteCatalog<Collection> remote,
      ReconcilerDependencies dependencies) {
    super(CatalogKind.COLLECTION, resources, locks, remote, dependencies);
  }
}
