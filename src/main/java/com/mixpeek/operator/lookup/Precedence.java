package com.mixpeek.operator.lookup;

import com.mixpeek.operator.api.CatalogResource;
import java.util.Comparator;
import java.util.Optional;

/**
 * Who had it first, where several claim one name or ID: a resource that has its ID before one that
 * has none, then the older, then the lower UID.
 */
public final class Precedence {

  private static final Comparator<CatalogResource<?>> ORDER =
      Comparator.<CatalogResource<?>, Boolean>comparing(r -> r.reportedId().isEmpty())
          .thenComparing(
              r -> r.getMetadata().getCreationTimestamp(),
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(r -> orEmpty(r.getMetadata().getUid()))
          .thenComparing(r -> orEmpty(r.getMetadata().getName()));

  private Precedence() {}

  /** The first of those that answer to the key, empty where none does. */
  public static <R extends CatalogResource<?>> Optional<R> first(Lookup<R> lookup, String key) {
    return lookup.find(key).stream().min(ORDER);
  }

  /** The first of the others that answer to the key and come before the resource. */
  public static <R extends CatalogResource<?>> Optional<R> before(
      R resource, Lookup<R> lookup, String key) {
    return lookup.find(key).stream()
        .filter(other -> !same(other, resource) && ORDER.compare(other, resource) < 0)
        .min(ORDER);
  }

  /** Whether both are one resource, perhaps in two states. */
  public static boolean same(CatalogResource<?> one, CatalogResource<?> other) {
    return one.getMetadata().getName().equals(other.getMetadata().getName());
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
