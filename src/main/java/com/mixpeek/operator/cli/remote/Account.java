package com.mixpeek.operator.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.CatalogResource;
import com.mixpeek.operator.api.CloneResource;
import com.mixpeek.operator.api.Connection;
import com.mixpeek.operator.remote.Page;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.remote.RemoteSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a Mixpeek namespace has. A kind is listed when it is first asked for, and once: a command
 * shows one moment.
 */
public final class Account {

  private final Access access;
  private final RequestSender requests;
  private final Consumer<String> unreadable;
  private final Map<CatalogKind<?, ?>, Map<String, ObjectNode>> listed = new HashMap<>();
  private final Map<List<Object>, CatalogResource<?>> resources = new HashMap<>();

  /**
   * @param tell is told a sentence for each wait
   * @param unreadable is told a sentence for each thing that cannot be read
   */
  public Account(Access access, Consumer<String> tell, Consumer<String> unreadable) {
    this(access, tell, unreadable, RequestSender.Waiting.REAL);
  }

  Account(
      Access access,
      Consumer<String> tell,
      Consumer<String> unreadable,
      RequestSender.Waiting waiting) {
    this.access = access;
    this.requests = new RequestSender(access, tell, waiting);
    this.unreadable = unreadable;
  }

  /** The Mixpeek namespace, as it was given. */
  public String namespace() {
    return access.endpoint().namespace();
  }

  /**
   * All of a kind as the API answers it, the oldest first, each with an ID and a name.
   *
   * @throws MixpeekUnreadable if the API does not answer
   */
  List<ObjectNode> list(CatalogKind<?, ?> kind) {
    return List.copyOf(byId(kind).values());
  }

  /**
   * All of a kind as resources without {@code metadata.name}, which live in that namespace.
   *
   * @throws MixpeekUnreadable if the API does not answer
   */
  public <R extends CatalogResource<?>> List<R> resources(
      CatalogKind<?, R> kind, String namespace) {
    Optional<Connection> connection = access.connection();
    if (connection.filter(c -> !c.getMetadata().getNamespace().equals(namespace)).isPresent()) {
      return List.of();
    }
    Optional<String> name = connection.map(c -> c.getMetadata().getName());
    return list(kind).stream().map(content -> resource(kind, namespace, name, content)).toList();
  }

  /** Whether the Connection that a clone names leads here. */
  public boolean serves(CloneResource<?> clone) {
    return access.serves(clone);
  }

  /**
   * The source of a clone that names a Connection, as a resource without {@code metadata.name};
   * empty where there is none here.
   *
   * @throws MixpeekUnreadable if the API does not answer
   */
  public <R extends CatalogResource<?>> Optional<R> source(
      CatalogKind<?, R> kind, CloneResource<?> clone) {
    if (!serves(clone)) {
      return Optional.empty();
    }
    ObjectNode ref = clone.getSpec().getSourceRef();
    String catalogName = ref.path(kind.nameField()).asText();
    Optional<ObjectNode> found =
        ref.hasNonNull(kind.idField())
            ? Optional.ofNullable(byId(kind).get(ref.get(kind.idField()).asText()))
            : list(kind).stream().filter(c -> name(kind, c).equals(catalogName)).findFirst();
    Optional<String> connection = Optional.of(clone.getSpec().getConnectionRef().name());
    return found.map(c -> resource(kind, clone.getMetadata().getNamespace(), connection, c));
  }

  static String name(CatalogKind<?, ?> kind, ObjectNode content) {
    return content.path(RemoteRequest.nameField(kind)).asText();
  }

  static String id(CatalogKind<?, ?> kind, ObjectNode content) {
    return content.path(RemoteRequest.idField(kind)).asText();
  }

  private Map<String, ObjectNode> byId(CatalogKind<?, ?> kind) {
    return listed.computeIfAbsent(kind, this::ask);
  }

  private Map<String, ObjectNode> ask(CatalogKind<?, ?> kind) {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    Optional<RemoteRequest> next = Optional.of(RemoteRequest.list(kind));
    Set<RemoteRequest> asked = new HashSet<>();
    while (next.isPresent()) {
      JsonNode answer = requests.send(next.get());
      if (!answer.path("results").isArray()) {
        throw new MixpeekUnreadable(
            "The Mixpeek API does not list the %s that there are. Try again later."
                .formatted(plural(kind)));
      }
      Page page = Page.of(next.get(), answer, asked);
      for (ObjectNode content : page.results()) {
        if (id(kind, content).isEmpty() || name(kind, content).isEmpty()) {
          unreadable.accept(
              "The Mixpeek API tells of a %s without ID or name, which is left out."
                  .formatted(kind.name()));
        } else {
          all.putIfAbsent(id(kind, content), content);
        }
      }
      if (!page.complete()) {
        unreadable.accept(
            "The Mixpeek API lists no more than %d %s, and there are more: those are left out."
                .formatted(all.size(), plural(kind)));
      }
      next = page.next();
    }
    return all;
  }

  static String plural(CatalogKind<?, ?> kind) {
    return kind == CatalogKind.COLLECTION ? "Collections" : "Taxonomies";
  }

  @SuppressWarnings("unchecked")
  private <R extends CatalogResource<?>> R resource(
      CatalogKind<?, R> kind, String namespace, Optional<String> connection, ObjectNode content) {
    List<Object> key = List.of(kind, namespace, connection, id(kind, content));
    return (R)
        resources.computeIfAbsent(
            key, k -> RemoteSpec.resource(kind, namespace, connection, content));
  }
}
