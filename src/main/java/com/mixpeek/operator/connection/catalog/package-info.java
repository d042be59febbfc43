/**
 * Mixpeek as the catalog: what is sent through Connections for a Collection or Taxonomy, and what
 * came of it. It writes nothing to the cluster.
 */
package com.mixpeek.operator.connection.catalog;
