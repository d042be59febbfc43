package com.mixpeek.operator.api;

import java.util.List;
import java.util.function.Supplier;

/**
 * All that differs between the two kinds that can be cloned.
 *
 * @param cloneType the clone's class
 * @param resourceType the class of what is cloned
 * @param nameField the spec's field with the catalog name
 * @param idField the field with the ID, in spec (a pin) and status
 * @param idPrefix what an ID starts with
 * @param overridable the fields a clone may override, in the order they are reported
 * @param newCloneStatus makes an empty status for the clone
 * @param newStatus makes an empty status for what is cloned
 * @param newResource makes an empty resource
 */
public record CatalogKind<C extends CloneResource<?>, R extends CatalogResource<?>>(
    Class<C> cloneType,
    Class<R> resourceType,
    String nameField,
    String idField,
    String idPrefix,
    List<String> overridable,
    Supplier<CloneStatus> newCloneStatus,
    Supplier<CatalogStatus> newStatus,
    Supplier<R> newResource) {

  public static final CatalogKind<CollectionClone, Collection> COLLECTION =
      new CatalogKind<>(
          CollectionClone.class,
          Collection.class,
          "collectionName",
          "collectionId",
          "col_",
          List.of(
              "collectionName",
              "description",
              "source",
              "featureExtractor",
              "enabled",
              "metadata",
              "taxonomyApplications"),
          CollectionCloneStatus::new,
          CollectionStatus::new,
          Collection::new);

  public static final CatalogKind<TaxonomyClone, Taxonomy> TAXONOMY =
      new CatalogKind<>(
          TaxonomyClone.class,
          Taxonomy.class,
          "taxonomyName",
          "taxonomyId",
          "tax_",
          List.of("taxonomyName", "description", "config"),
          TaxonomyCloneStatus::new,
          TaxonomyStatus::new,
          Taxonomy::new);

  public static final List<CatalogKind<?, ?>> ALL = List.of(COLLECTION, TAXONOMY);

  /** The kind of that {@link #name}. */
  public static CatalogKind<?, ?> named(String name) {
    return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow();
  }

  /** {@code Collection} or {@code Taxonomy}, as a person reads it. */
  public String name() {
    return resourceType.getSimpleName();
  }
}
