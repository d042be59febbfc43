package com.mixpeek.operator.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.api.Taxonomy;
import com.mixpeek.operator.api.TaxonomyClone;
import com.mixpeek.operator.cli.graph.Node.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** Follows every reference among what is known, until nothing new is found. */
final class LineageTracer {

  private final List<Node> nodes = new ArrayList<>();
  private final Set<Edge> edges = new LinkedHashSet<>();
  private final Set<String> copies = new HashSet<>();
  private final Queue<Runnable> unread = new ArrayDeque<>();
  private final Set<String> namespaces = new HashSet<>();
  private final KindTracer<CollectionClone, Collection> collections;
  private final KindTracer<TaxonomyClone, Taxonomy> taxonomies;

  LineageTracer(
      LineageInput<CollectionClone, Collection> collections,
      LineageInput<TaxonomyClone, Taxonomy> taxonomies) {
    this.collections = new KindTracer<>(collections, this);
    this.taxonomies = new KindTracer<>(taxonomies, this);
    collections.items().forEach(item -> namespaces.add(namespace(item.resource())));
    taxonomies.items().forEach(item -> namespaces.add(namespace(item.resource())));
    collections.orders().forEach(o -> namespaces.add(o.resource().getMetadata().getNamespace()));
    taxonomies.orders().forEach(o -> namespaces.add(o.resource().getMetadata().getNamespace()));
  }

  Lineage trace() {
    collections.addAll();
    taxonomies.addAll();
    // A copy is told by its clone, and only where that is gone by its marks: clones come first.
    collections.linkOrders();
    taxonomies.linkOrders();
    while (!unread.isEmpty()) {
      unread.remove().run();
    }
    return Lineage.of(nodes, edges);
  }

  /** A new node. */
  Node add(
      Role role,
      String kind,
      String namespace,
      String name,
      String catalogName,
      String id,
      LineageInput.State state) {
    Node node =
        new Node(
            "n" + nodes.size(),
            role,
            kind,
            namespaces.size() > 1 ? Words.name(namespace) : "",
            name,
            catalogName,
            id,
            state.word(),
            state.tone(),
            state.note());
    nodes.add(node);
    return node;
  }

  void link(Edge edge) {
    edges.add(edge);
    if (edge.type() == Edge.Type.CLONE) {
      copies.add(edge.to());
    }
  }

  /** Whether some clone is known to have made it. */
  boolean isCopy(Node node) {
    return copies.contains(node.key());
  }

  /** Has a resource read later for what it points at. */
  void read(Runnable reading) {
    unread.add(reading);
  }

  /** Finds the collections that the resource's spec names. */
  void readSpec(CatalogResource<?> resource, Node node) {
    JsonNode source = resource.getSpec().path("source");
    if ("collection".equals(source.path("type").asText())) {
      upstream(source.path("collectionId"), resource, node, Edge.Type.READS);
      source.path("collectionIds").forEach(id -> upstream(id, resource, node, Edge.Type.READS));
    }
    JsonNode config = resource.getSpec().path("config");
    upstream(config.at("/sourceCollection/collectionId"), resource, node, Edge.Type.BUILT_ON);
    config
        .path("hierarchicalNodes")
        .forEach(n -> upstream(n.path("collectionId"), resource, node, Edge.Type.BUILT_ON));
    config
        .path("inferenceCollections")
        .forEach(id -> upstream(id, resource, node, Edge.Type.BUILT_ON));
  }

  private void upstream(JsonNode id, CatalogResource<?> resource, Node node, Edge.Type type) {
    if (id.isTextual()) {
      Node upstream = collections.byId(namespace(resource), id.textValue());
      link(Edge.of(upstream, node, type));
    }
  }

  private static String namespace(CatalogResource<?> resource) {
    return resource.getMetadata().getNamespace();
  }
}
