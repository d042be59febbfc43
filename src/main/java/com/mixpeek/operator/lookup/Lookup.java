package com.mixpeek.operator.lookup;

import com.mixpeek.operator.api.CatalogResource;
import java.util.List;

/**
 * Finds Collections or Taxonomies by one of their {@link Keys}: in the cluster's cache or in files.
 */
@FunctionalInterface
public interface Lookup<R extends CatalogResource<?>> {

  /** All resources that answer to the key, in no order; they may be shared and are only read. */
  List<R> find(String key);
}
