package com.mixpeek.operator.controller;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.ReportedStatus;
import com.mixpeek.operator.catalog.CatalogLogic;
import com.mixpeek.operator.cluster.ResourceCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the ID of a Collection or Taxonomy, or why it has none. Both controllers call it, each
 * under the locks of what the resource claims.
 *
 * @param <R> the resource type
 */
final class IdAssigner<R extends CatalogResource<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(IdAssigner.class);

  private final ResourceCache<R> resources;
  private final ReconcilerDependencies dependencies;
  private final CatalogLogic<R> logic;

  IdAssigner(
      CatalogKind<?, R> kind, ResourceCache<R> resources, ReconcilerDependencies dependencies) {
    this.resources = resources;
    this.dependencies = dependencies;
    this.logic = new CatalogLogic<>(kind);
  }

  /**
   * Writes the status, if it changed, and wakes whom it concerns.
   *
   * @return the resource as it is now
   */
  R assign(R resource) {
    ReportedStatus status = logic.status(resource, resources, dependencies.clock().instant());
    if (dependencies.writer().isUnchanged(resource.getStatus(), status)) {
      return resource;
    }
    R written = resources.write(resource, read -> dependencies.writer().status(read, status));
    ReconciliationLogger.reported(LOG, written, status);
    resources.changed(resource, written);
    return written;
  }
}
