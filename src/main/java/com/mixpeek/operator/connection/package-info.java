/**
 * Mixpeek as the catalog: the Connections that there are, what is sent through them for a
 * Collection or Taxonomy, and what came of it. It writes nothing to the cluster.
 */
package com.mixpeek.operator.connection;
