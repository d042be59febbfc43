package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Assigns the IDs of Collection resources. */
@ControllerConfiguration(
    name = "collection",
    informer =
        @Informer(ghostResourceCacheCheckInterval = CatalogReconciler.UNSEEN_DELETION_CHECK_MILLIS))
public final class CollectionReconciler extends CatalogReconciler<Collection> {

  public CollectionReconciler(
      ResourceCache<Collection> resources,
      NameLocks locks,
      RemoteCatalog<Collection> remote,
      ReconcilerDependencies dependencies) {
    super(CatalogKind.COLLECTION, resources, locks, remote, dependencies);
  }
}
