package com.mixpeek.operator.testing.mixpeek;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.RemoteRequest;
import com.mixpeek.operator.testing.mixpeek.FakeApi.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The Collections, or Taxonomies, of one Mixpeek namespace, and what the API does with them. */
public final class FakeCatalog {

  private static final Map<CatalogKind<?, ?>, Set<String>> CHANGEABLE =
      Map.of(
          CatalogKind.COLLECTION,
          Set.of("collection_name", "description", "enabled", "metadata", "taxonomy_applications"),
          CatalogKind.TAXONOMY,
          Set.of("taxonomy_name", "description", "metadata"));

  /** One count for all, as IDs are never given twice. */
  private static final AtomicInteger MADE = new AtomicInteger();

  private final CatalogKind<?, ?> kind;
  private final OpenApiContract contract;
  private final Clock clock;
  private final Map<String, ObjectNode> objects = new LinkedHashMap<>();

  FakeCatalog(CatalogKind<?, ?> kind, OpenApiContract contract, Clock clock) {
    this.kind = kind;
    this.contract = contract;
    this.clock = clock;
  }

  /** All that there is, the oldest first. */
  public synchronized List<ObjectNode> objects() {
    return objects.values().stream().map(ObjectNode::deepCopy).toList();
  }

  /** Makes one as somebody else would, in whatever way the description allows. */
  public synchronized ObjectNode add(ObjectNode request) {
    Response response = create(request);
    if (response.status() != 200) {
      throw new IllegalArgumentException(response.body().toString());
    }
    return (ObjectNode) response.body();
  }

  /** Removes one as somebody else would. */
  public synchronized void remove(String id) {
    objects.remove(id);
  }

  /** Changes one as somebody else would. */
  public synchronized void change(String id, ObjectNode changes) {
    Response response = patch(id, changes);
    if (response.status() != 200) {
      throw new IllegalArgumentException(response.body().toString());
    }
  }

  synchronized Response get(String idOrName) {
    return find(idOrName)
        .map(found -> Response.ok(found.deepCopy()))
        .orElseGet(() -> missing(idOrName));
  }

  synchronized Response create(ObjectNode request) {
    return make(request.deepCopy());
  }

  synchronized Response clone(String source, ObjectNode overrides) {
    Optional<ObjectNode> found = find(source);
    if (found.isEmpty()) {
      return missing(source);
    }
    ObjectNode copy = found.get().deepCopy();
    copy.remove(List.of("updated_at", "document_count"));
    overrides
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isNull()) {
                copy.set(field.getKey(), field.getValue());
              }
            });
    if (overrides.hasNonNull("source")) {
      copy.remove("input_schema");
    }
    Response made = make(copy);
    if (made.status() != 200) {
      return made;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set(RemoteRequest.cloned(kind), made.body());
    return new Response(
        201,
        body.put(
            "source_" + RemoteRequest.idField(kind),
            text(found.get(), RemoteRequest.idField(kind))));
  }

  synchronized Response patch(String idOrName, ObjectNode changes) {
    Optional<ObjectNode> found = find(idOrName);
    if (found.isEmpty()) {
      return missing(idOrName);
    }
    for (String field : (Iterable<String>) changes::fieldNames) {
      if (!CHANGEABLE.get(kind).contains(field)) {
        return Response.error(400, "BadRequestError", field + " cannot be changed: make a clone");
      }
    }
    String id = text(found.get(), RemoteRequest.idField(kind));
    String name = text(changes, RemoteRequest.nameField(kind));
    if (named(name)
        .filter(other -> !text(other, RemoteRequest.idField(kind)).equals(id))
        .isPresent()) {
      return taken(name);
    }
    ObjectNode changed = found.get().deepCopy();
    changed.setAll(changes);
    List<OpenApiContract.Violation> violations = contract.object(schema("Response"), changed);
    if (!violations.isEmpty()) {
      return Response.invalid(violations);
    }
    if (kind == CatalogKind.COLLECTION) {
      changed.put("updated_at", clock.instant().toString());
    }
    objects.put(text(changed, RemoteRequest.idField(kind)), changed);
    return Response.ok(changed.deepCopy());
  }

  synchronized Response delete(String idOrName) {
    return find(idOrName)
        .map(
            found -> {
              objects.remove(text(found, RemoteRequest.idField(kind)));
              return Response.ok(JsonNodeFactory.instance.objectNode().put("success", true));
            })
        .orElseGet(() -> missing(idOrName));
  }

  /** By offset or by cursor, which here is the offset of the next page, written otherwise. */
  synchronized Response list(Map<String, String> query, JsonNode request) {
    List<ObjectNode> matching =
        objects.values().stream().filter(object -> matches(object, request)).toList();
    int limit = Integer.parseInt(query.getOrDefault("limit", "10"));
    int from =
        query.containsKey("cursor")
            ? Integer.parseInt(query.get("cursor").substring(1))
            : Integer.parseInt(query.getOrDefault("offset", "0"));
    int to = Math.min(matching.size(), from + limit);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    List<ObjectNode> page = matching.subList(Math.min(from, to), to);
    answer.putArray("results").addAll(page);
    ObjectNode pagination = answer.putObject("pagination").put("page_size", limit);
    if (to < matching.size()) {
      pagination.put("next_cursor", "c" + to);
    }
    answer.put("total_count", matching.size());
    return Response.ok(answer.deepCopy());
  }

  /** Conditions of equality, all of which must hold, are all that the operator sends. */
  private static boolean matches(ObjectNode object, JsonNode request) {
    boolean exact = request.path("case_sensitive").asBoolean();
    return request
        .at("/filters/AND")
        .valueStream()
        .allMatch(
            condition -> {
              String expected = condition.path("value").asText();
              String actual = text(object, condition.path("field").asText());
              return exact ? actual.equals(expected) : actual.equalsIgnoreCase(expected);
            });
  }

  private Response make(ObjectNode object) {
    String name = text(object, RemoteRequest.nameField(kind));
    if (named(name).isPresent()) {
      return taken(name);
    }
    String id = kind.idPrefix() + String.format(Locale.ROOT, "%010d", MADE.incrementAndGet());
    object.put(RemoteRequest.idField(kind), id);
    object.put("created_at", clock.instant().toString());
    if (kind == CatalogKind.COLLECTION) {
      object.put("updated_at", clock.instant().toString());
      object.put("document_count", 0);
      schemas(object);
      ObjectNode extractor = (ObjectNode) object.get("feature_extractor");
      extractor.put(
          "feature_extractor_id",
          text(extractor, "feature_extractor_name") + "_" + text(extractor, "version"));
    }
    objects.put(id, contract.withDefaults(schema("Response"), object));
    return Response.ok(objects.get(id).deepCopy());
  }

  /** What the API works out from buckets and extractors, of which there are none here. */
  private static void schemas(ObjectNode object) {
    if (!object.hasNonNull("input_schema")) {
      object
          .putObject("input_schema")
          .putObject("properties")
          .putObject("text")
          .put("type", "text");
    }
    String extractor = text(object.get("feature_extractor"), "feature_extractor_name");
    object
        .putObject("output_schema")
        .putObject("properties")
        .putObject(extractor + "_embedding")
        .put("type", "array");
  }

  private Response taken(String name) {
    return Response.error(409, "ConflictError", kind.name() + " '" + name + "' already exists");
  }

  private Optional<ObjectNode> find(String idOrName) {
    return Optional.ofNullable(objects.get(idOrName)).or(() -> named(idOrName));
  }

  private Optional<ObjectNode> named(String name) {
    return objects.values().stream()
        .filter(object -> text(object, RemoteRequest.nameField(kind)).equals(name))
        .findFirst();
  }

  private String schema(String suffix) {
    return kind.name() + suffix;
  }

  private Response missing(String idOrName) {
    return Response.missing(RemoteRequest.cloned(kind), idOrName);
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asText();
  }
}
