package com.mixpeek.operator.cli.fork;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;

/**
 * A Collection or Taxonomy that there is, or that a clone is to make.
 *
 * @param origin where it comes from, as a person reads it
 */
record Member(CatalogKind<?, ?> kind, CatalogResource<?> resource, String origin) {

  String name() {
    return resource.getMetadata().getName();
  }

  /** The catalog name, empty where it has none. */
  String catalogName() {
    return resource.text(kind.nameField()).orElse("");
  }

  /** {@code Collection video-frames}. */
  @Override
  public String toString() {
    return kind.name() + " " + name();
  }
}
