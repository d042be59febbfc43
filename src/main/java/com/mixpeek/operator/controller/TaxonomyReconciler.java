package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Assigns the IDs of Taxonomy resources. */
@ControllerConfiguration(
    name = "taxonomy",
    informer =
        @Informer(ghostResourceCacheCheckInterval = CatalogReconciler.UNSEEN_DELETION_CHECK_MILLIS))
public final class TaxonomyReconciler extends CatalogReconciler<Taxonomy> {

  public TaxonomyReconciler(
      ResourceCache<Taxonomy> resources,
      NameLocks locks,
      RemoteCatalog<Taxonomy> remote,
      ReconcilerDependencies dependencies) {
    super(CatalogKind.TAXONOMY, resources, locks, remote, dependencies);
  }
}
