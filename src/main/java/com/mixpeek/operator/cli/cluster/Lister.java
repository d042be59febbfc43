package com.mixpeek.operator.cli.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** Lists resources, as a cluster has them. */
@FunctionalInterface
public interface Lister {

  /**
   * All resources of a kind.
   *
   * @param namespace null for all namespaces
   */
  <T extends HasMetadata> List<T> list(Class<T> type, String namespace);
}
