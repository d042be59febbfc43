package com.mixpeek.operator.cli.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.Annotations;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.CloneStatus;
import com.mixpeek.operator.cli.cluster.Health;
import com.mixpeek.operator.cli.graph.LineageInput.CloneItem;
import com.mixpeek.operator.cli.graph.LineageInput.Item;
import com.mixpeek.operator.cli.graph.LineageInput.State;
import com.mixpeek.operator.cli.graph.Node.Role;
import com.mixpeek.operator.clone.CloneLogic;
import com.mixpeek.operator.clone.Overlay;
import com.mixpeek.operator.lookup.InMemoryLookup;
import com.mixpeek.operator.lookup.Keys;
import com.mixpeek.operator.lookup.Precedence;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiConsumer;

/** Finds sources and copies of one catalog kind. */
final class KindTracer<C extends CloneResource<?>, R extends CatalogResource<?>> {

  private final LineageInput<C, R> known;
  private final Lineage.Builder lineage;
  private final Queue<Runnable> unread;
  private final BiConsumer<CatalogResource<?>, Node> readSpec;
  private final CloneLogic<C, R> logic;
  private final InMemoryLookup<R> lookup;
  private final Map<String, InMemoryLookup<R>> elsewhere = new HashMap<>();
  private final Map<R, Node> nodes = new IdentityHashMap<>();
  private final Map<C, Node> clones = new IdentityHashMap<>();

  /** Clones that have made nothing, by what would answer to the key if they had. */
  private final Map<String, Node> makers = new HashMap<>();

  private final Map<String, Node> externals = new HashMap<>();

  /**
   * @param unread gets what is still to be done for each resource that becomes part of the lineage
   * @param readSpec links a resource with those that its spec names
   */
  KindTracer(
      LineageInput<C, R> known,
      Lineage.Builder lineage,
      Queue<Runnable> unread,
      BiConsumer<CatalogResource<?>, Node> readSpec) {
    this.known = known;
    this.lineage = lineage;
    this.unread = unread;
    this.readSpec = readSpec;
    this.logic = new CloneLogic<>(known.kind());
    this.lookup = InMemoryLookup.of(known.kind(), List.of());
  }

  void addAll() {
    known.items().forEach(this::add);
    for (CloneItem<C, R> item : known.clones()) {
      if (item.target() == null && !isElsewhere(item)) {
        addClone(item);
      }
    }
  }

  void linkClones() {
    known.clones().forEach(this::link);
  }

  /** The resource that has the ID, or what stands for one that is not known. */
  Node byId(String namespace, String id) {
    return find(namespace, Keys.id(namespace, id)).orElseGet(() -> external(namespace, "", "", id));
  }

  /** The resource of that name, or what stands for one that is not known. */
  Node byName(String namespace, String name) {
    return find(namespace, Keys.name(namespace, name))
        .orElseGet(() -> external(namespace, name, "", ""));
  }

  private void add(Item<R> item) {
    R resource = item.resource();
    Node node =
        lineage.add(
            resource.annotation(Annotations.CLONED_BY).isEmpty() ? Role.SOURCE : Role.COPY,
            known.kind().name(),
            resource.getMetadata().getNamespace(),
            Objects.requireNonNullElse(resource.getMetadata().getName(), ""),
            resource.text(known.kind().nameField()).orElse(""),
            item.id(),
            item.state());
    nodes.put(resource, node);
    lookup.put(resource);
    unread.add(() -> read(resource, node));
  }

  private void addClone(CloneItem<C, R> item) {
    C clone = item.resource();
    String namespace = clone.getMetadata().getNamespace();
    String wanted = logic.newName(clone);
    Node node =
        lineage.add(
            Role.CLONE,
            known.kind().cloneType().getSimpleName(),
            namespace,
            clone.getMetadata().getName(),
            wanted,
            "",
            item.state());
    clones.put(clone, node);
    makers.putIfAbsent(Keys.name(namespace, clone.targetName()), node);
    makers.putIfAbsent(Keys.catalogName(namespace, wanted), node);
  }

  /** Whether the clone is done, with something that is not among what is known. */
  private boolean isElsewhere(CloneItem<C, R> item) {
    return item.resource().hasTarget() && item.state().health() == Health.HEALTHY;
  }

  private void link(CloneItem<C, R> item) {
    Node own = clones.get(item.resource());
    Node target =
        own != null
            ? own
            : item.target() != null ? nodes.get(item.target()) : elsewhere(item.resource());
    Node source = item.source() == null ? source(item) : nodes.get(item.source());
    if (source != null) {
      boolean planned = item.state().health() == Health.MISSING;
      lineage.link(
          new Edge(
              source.key(),
              target.key(),
              Edge.Type.CLONE,
              own == null ? item.resource().getMetadata().getName() : "",
              own == null && !planned ? item.state().word() : "",
              Overlay.overridden(known.kind(), item.resource().getSpec().getOverrides())));
    }
  }

  private Node elsewhere(C clone) {
    CloneStatus status = clone.getStatus();
    String namespace = clone.getMetadata().getNamespace();
    String id = status.id() == null ? "" : status.id();
    return find(namespace, Keys.name(namespace, status.getTargetName()))
        .orElseGet(() -> external(namespace, status.getTargetName(), logic.newName(clone), id));
  }

  private Node source(CloneItem<C, R> item) {
    C clone = item.resource();
    String namespace = clone.getMetadata().getNamespace();
    if (clone.hasTarget()) {
      CloneStatus status = clone.getStatus();
      return recorded(namespace, status.getSourceName(), status.sourceId());
    }
    if (item.target() != null) {
      return recorded(item.target());
    }
    ObjectNode ref = clone.getSpec().getSourceRef();
    String name = ref.path("name").asText();
    String catalogName = ref.path(known.kind().nameField()).asText();
    String id = ref.path(known.kind().idField()).asText();
    return find(namespace, logic.sourceKey(clone))
        .orElseGet(() -> external(namespace, name, catalogName, id));
  }

  private Node recorded(R copy) {
    return recorded(
        copy.getMetadata().getNamespace(),
        copy.annotation(Annotations.SOURCE_NAME).orElse(null),
        copy.annotation(Annotations.SOURCE_ID).orElse(null));
  }

  /**
   * The source as it was written down when it was copied, null where nothing was. What has its name
   * by now but another ID is not it.
   */
  private Node recorded(String namespace, String name, String id) {
    Optional<Node> found = id == null ? Optional.empty() : find(namespace, Keys.id(namespace, id));
    if (found.isEmpty() && name != null) {
      found =
          resource(namespace, Keys.name(namespace, name))
              .map(nodes::get)
              .filter(node -> id == null || !node.id().startsWith(known.kind().idPrefix()));
    }
    if (found.isPresent() || name == null && id == null) {
      return found.orElse(null);
    }
    return external(namespace, name == null ? "" : name, "", id == null ? "" : id);
  }

  private Optional<Node> find(String namespace, String key) {
    return resource(namespace, key).map(nodes::get).or(() -> Optional.ofNullable(makers.get(key)));
  }

  /** What answers to the key, fetched from elsewhere if need be. */
  private Optional<R> resource(String namespace, String key) {
    return Precedence.first(lookup, key).or(() -> fetched(namespace, key));
  }

  private Optional<R> fetched(String namespace, String key) {
    InMemoryLookup<R> there =
        elsewhere.computeIfAbsent(
            namespace, n -> InMemoryLookup.of(known.kind(), known.elsewhere().apply(n)));
    Optional<R> found = Precedence.first(there, key);
    // The files may have the same resource, without the ID by which it was looked for.
    Optional<R> named = found.filter(r -> r.getMetadata().getName() != null);
    Optional<R> same =
        named.flatMap(
            r -> Precedence.first(lookup, Keys.name(namespace, r.getMetadata().getName())));
    if (same.isEmpty()) {
      found.map(LineageInput::item).ifPresent(this::add);
    }
    return same.or(() -> found);
  }

  private Node external(String namespace, String name, String catalogName, String id) {
    String key = namespace + "/" + (id.isEmpty() ? name + "/" + catalogName : id);
    return externals.computeIfAbsent(
        key,
        k ->
            lineage.add(
                Role.EXTERNAL,
                known.kind().name(),
                namespace,
                name,
                catalogName,
                id,
                new State(known.absent(), Health.HEALTHY, "")));
  }

  private void read(R resource, Node node) {
    String clone = resource.annotation(Annotations.CLONED_BY).orElse(null);
    Node source = clone != null && !lineage.isCopy(node) ? recorded(resource) : null;
    if (source != null) {
      String absent = known.cloneAbsent();
      lineage.link(new Edge(source.key(), node.key(), Edge.Type.CLONE, clone, absent, List.of()));
    }
    readSpec.accept(resource, node);
  }
}
