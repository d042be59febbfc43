package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyClone;
import com.mixpeek.operator.cluster.NameLocks;
import com.mixpeek.operator.cluster.ResourceCache;
import com.mixpeek.operator.connection.catalog.RemoteCatalog;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Makes what TaxonomyClones ask for. */
@ControllerConfiguration(name = "taxonomyclone")
public final class TaxonomyCloneReconciler extends CloneReconciler<TaxonomyClone, Taxonomy> {

  public TaxonomyCloneReconciler(
      ResourceCache<Taxonomy> resources,
      NameLocks locks,
      RemoteCatalog<Taxonomy> remote,
      ReconcilerDependencies dependencies) {
    super(CatalogKind.TAXONOMY, resources, locks, remote, dependencies);
  }
}
