package com.mixpeek.operator.lookup;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collections or Taxonomies as files or a list hold them, found by the very keys that a cluster's
 * cache is searched by. Not for use by several threads.
 */
public final class InMemoryLookup<R extends CatalogResource<?>> implements Lookup<R> {

  private final CatalogKind<?, R> kind;
  private final Map<String, Place<R>> places = new LinkedHashMap<>();
  private final Map<String, List<R>> byKey = new LinkedHashMap<>();

  /** What was put there, and under which keys: it may answer to others by now. */
  private record Place<R>(R resource, Set<String> keys) {}

  private InMemoryLookup(CatalogKind<?, R> kind) {
    this.kind = kind;
  }

  /**
   * A lookup of these resources.
   *
   * @throws IllegalArgumentException if two of them have one name in one namespace, which no
   *     cluster could hold: which of them was meant cannot be known
   */
  public static <R extends CatalogResource<?>> InMemoryLookup<R> of(
      CatalogKind<?, R> kind, Iterable<? extends R> resources) {
    InMemoryLookup<R> lookup = new InMemoryLookup<>(kind);
    for (R resource : resources) {
      if (lookup.put(resource).isPresent()) {
        throw new IllegalArgumentException(
            "There are two %s resources named %s in one namespace: remove or rename one."
                .formatted(kind.name(), resource.getMetadata().getName()));
      }
    }
    return lookup;
  }

  /**
   * Puts a resource there, in place of one of its name if there is one.
   *
   * @return what was in its place, empty for nothing
   */
  public Optional<R> put(R resource) {
    Place<R> place = new Place<>(resource, Keys.of(kind, resource));
    Optional<Place<R>> before = Optional.ofNullable(places.put(nameKey(resource), place));
    before.ifPresent(old -> old.keys().forEach(key -> byKey.get(key).remove(old.resource())));
    for (String key : place.keys()) {
      byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(resource);
    }
    return before.map(Place::resource);
  }

  @Override
  public List<R> find(String key) {
    return Collections.unmodifiableList(byKey.getOrDefault(key, List.of()));
  }

  /** What is only at Mixpeek has no name, and its ID tells it from others. */
  private static String nameKey(CatalogResource<?> resource) {
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.getMetadata().getName();
    return name == null
        ? Keys.id(namespace, resource.reportedId().orElseThrow())
        : Keys.name(namespace, name);
  }
}
