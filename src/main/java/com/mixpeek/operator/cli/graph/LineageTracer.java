package com.mixpeek.operator.cli.graph;

import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Reference;
import com.mixpeek.operator.api.References;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyClone;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.Stream;

/** Follows every reference among what is known, until nothing new is found. */
public final class LineageTracer {

  private final Lineage.Builder lineage;
  private final Queue<Runnable> unread = new ArrayDeque<>();
  private final KindTracer<CollectionClone, Collection> collections;
  private final KindTracer<TaxonomyClone, Taxonomy> taxonomies;

  private LineageTracer(
      LineageInput<CollectionClone, Collection> collections,
      LineageInput<TaxonomyClone, Taxonomy> taxonomies) {
    long namespaces =
        Stream.concat(namespaces(collections), namespaces(taxonomies)).distinct().count();
    this.lineage = new Lineage.Builder(namespaces > 1);
    this.collections = new KindTracer<>(collections, lineage, unread, this::readSpec);
    this.taxonomies = new KindTracer<>(taxonomies, lineage, unread, this::readSpec);
  }

  public static Lineage trace(
      LineageInput<CollectionClone, Collection> collections,
      LineageInput<TaxonomyClone, Taxonomy> taxonomies) {
    return new LineageTracer(collections, taxonomies).trace();
  }

  private Lineage trace() {
    collections.addAll();
    taxonomies.addAll();
    // A copy is told by its clone, and only where that is gone by its marks: clones come first.
    collections.linkClones();
    taxonomies.linkClones();
    while (!unread.isEmpty()) {
      unread.remove().run();
    }
    return lineage.build();
  }

  /** Finds the collections that the resource's spec names, by ID or by name. */
  private void readSpec(CatalogResource<?> resource, Node node) {
    boolean reads = "collection".equals(resource.getSpec().at("/source/type").asText());
    for (Reference reference : References.all(resource.getSpec())) {
      if (reference.field().startsWith("source.") && reads) {
        upstream(reference, resource, node, Edge.Type.READS);
      } else if (reference.field().startsWith("config.") && !isParent(reference)) {
        upstream(reference, resource, node, Edge.Type.BUILT_ON);
      }
    }
  }

  /** A parent is a node, too. */
  private static boolean isParent(Reference reference) {
    return reference.field().contains(".parentCollection");
  }

  private void upstream(
      Reference reference, CatalogResource<?> resource, Node node, Edge.Type type) {
    String namespace = resource.getMetadata().getNamespace();
    Node upstream =
        reference.isByName()
            ? collections.byName(namespace, reference.name())
            : collections.byId(namespace, reference.id());
    lineage.link(Edge.of(upstream, node, type));
  }

  private static Stream<String> namespaces(LineageInput<?, ?> known) {
    return Stream.concat(
            known.items().stream().map(LineageInput.Item::resource),
            known.clones().stream().map(LineageInput.CloneItem::resource))
        .map(resource -> resource.getMetadata().getNamespace());
  }
}
