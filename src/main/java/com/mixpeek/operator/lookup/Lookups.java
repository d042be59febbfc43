package com.mixpeek.operator.lookup;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.Taxonomy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds resources of both kinds, for what the one kind has of the other. */
public record Lookups(Lookup<Collection> collections, Lookup<Taxonomy> taxonomies) {

  /** What the reference by name points at, empty where there is nothing of that name. */
  public Optional<? extends CatalogResource<?>> named(String namespace, Reference reference) {
    String key = Keys.name(namespace, reference.name());
    return reference.kind().equals(CatalogKind.COLLECTION.name())
        ? Precedence.first(collections, key)
        : Precedence.first(taxonomies, key);
  }

  /** All of both kinds that answer to the key. */
  public List<CatalogResource<?>> find(String key) {
    List<CatalogResource<?>> found = new ArrayList<>(collections.find(key));
    found.addAll(taxonomies.find(key));
    return found;
  }

  /**
   * Whether Mixpeek would have to know the ID of what a reference points at, and does not: it goes
   * through another Connection, or lives in the cluster without an ID of Mixpeek's.
   */
  public static boolean isElsewhere(
      CatalogResource<?> resource, Reference reference, CatalogResource<?> target) {
    boolean pinned = target.text(CatalogKind.named(reference.kind()).idField()).isPresent();
    return resource.connection().isPresent()
        && !target.connection().equals(resource.connection())
        && !(pinned && target.connection().isEmpty());
  }
}
