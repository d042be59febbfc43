package com.mixpeek.operator.cli.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/** Reads resources, as a cluster has them. */
public interface Lister {

  /**
   * All resources of a kind.
   *
   * @param namespace null for all namespaces
   */
  <T extends HasMetadata> List<T> list(Class<T> type, String namespace);

  /** The resource of that name, empty where there is none. */
  default <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
    return list(type, namespace).stream()
        .filter(resource -> resource.getMetadata().getName().equals(name))
        .findFirst();
  }
}
