package com.mixpeek.operator.lookup;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fixed set of Collections or Taxonomies, as files hold them: where there is no cluster, what is
 * decided is decided over a shelf, by the very keys that a cluster's cache is searched by.
 *
 * <p>The set never changes. The resources on it are shared with whoever put them there, and are
 * only read, as {@link Lookup} says.
 *
 * @param <R> the resource type
 */
public final class Shelf<R extends CatalogResource<?>> implements Lookup<R> {

  private final CatalogKind<?, R> kind;
  private final Map<String, R> resources;
  private final Map<String, List<R>> byKey;

  private Shelf(CatalogKind<?, R> kind, Map<String, R> resources) {
    this.kind = kind;
    this.resources = resources;
    Map<String, List<R>> index = new LinkedHashMap<>();
    for (R resource : resources.values()) {
      for (String key : Keys.of(kind, resource)) {
        index.computeIfAbsent(key, k -> new ArrayList<>()).add(resource);
      }
    }
    index.replaceAll((key, found) -> List.copyOf(found));
    this.byKey = index;
  }

  /**
   * A shelf with these resources.
   *
   * @throws IllegalArgumentException if two of them have one name in one namespace, which no
   *     cluster could hold: which of them was meant cannot be known
   */
  public static <R extends CatalogResource<?>> Shelf<R> of(
      CatalogKind<?, R> kind, Iterable<? extends R> resources) {
    Map<String, R> byName = new LinkedHashMap<>();
    for (R resource : resources) {
      if (byName.put(nameKey(resource), resource) != null) {
        throw new IllegalArgumentException(
            "There are two %s resources named %s in one namespace: remove or rename one."
                .formatted(kind.name(), resource.getMetadata().getName()));
      }
    }
    return new Shelf<>(kind, byName);
  }

  /** A shelf with this resource as well, in place of one of its name if there is one. */
  public Shelf<R> with(R resource) {
    Map<String, R> more = new LinkedHashMap<>(resources);
    more.put(nameKey(resource), resource);
    return new Shelf<>(kind, more);
  }

  @Override
  public List<R> find(String key) {
    return byKey.getOrDefault(key, List.of());
  }

  private static String nameKey(CatalogResource<?> resource) {
    return Keys.name(resource.getMetadata().getNamespace(), resource.getMetadata().getName());
  }
}
