package com.mixpeek.operator.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of the group. */
public final class Kinds {

  /** Their classes: first the connections, then each one that is cloned before its clone. */
  public static final List<Class<? extends HasMetadata>> TYPES =
      Stream.concat(Stream.of(Connection.class), CatalogKind.ALL.stream().flatMap(Kinds::types))
          .toList();

  private Kinds() {}

  private static Stream<Class<? extends HasMetadata>> types(CatalogKind<?, ?> kind) {
    return Stream.of(kind.resourceType(), kind.cloneType());
  }

  /** Where in the jar the CRD of a kind is. */
  public static String crdPath(Class<? extends HasMetadata> type) {
    return "/crds/" + HasMetadata.getFullResourceName(type) + ".yaml";
  }
}
