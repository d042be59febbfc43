package com.mixpeek.operator.api;

/**
 * A place in a spec that points at a Collection or Taxonomy of the same namespace.
 *
 * @param kind of what is pointed at, {@code Collection} or {@code Taxonomy}
 * @param field its path within the spec, such as {@code config.hierarchicalNodes[0].collectionRef}
 * @param name {@code metadata.name} of what is pointed at, null where its ID stands there
 * @param id its ID, null where its name stands there
 * @param changeable whether the spec may be given another one
 */
public record Reference(String kind, String field, String name, String id, boolean changeable) {

  /** Whether the name stands there, so that the ID is yet to be found. */
  public boolean isByName() {
    return name != null;
  }

  /** Whether the collection is written to and not read. */
  public boolean isWritten() {
    return field.contains(".targetCollection");
  }

  /** {@code Collection video-frames}. */
  public String target() {
    return kind + " " + (isByName() ? name : id);
  }
}
