package com.mixpeek.operator.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request to the API. What it sends has the API's own field names, in snake case.
 *
 * @param path without host, encoded
 * @param query parameters by name, not yet encoded
 * @param body what is sent, missing for nothing
 */
public record RemoteRequest(
    Operation operation, String path, Map<String, String> query, JsonNode body) {

  /** How many a page holds: a Collection with its schemas may take 50 kB. */
  static final int PAGE = 100;

  private static final String ROOT = "/v1/";

  /** Looks a namespace up. */
  public static RemoteRequest getNamespace(String idOrName) {
    return of(Operation.GET_NAMESPACE, ROOT + "namespaces/" + segment(idOrName));
  }

  public static RemoteRequest get(CatalogKind<?, ?> kind, String id) {
    return of(Operation.GET, path(kind, id));
  }

  /** Lists all, the oldest first, so that what is made meanwhile shifts no page. */
  public static RemoteRequest list(CatalogKind<?, ?> kind) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("sort").put("field", "created_at").put("direction", "asc");
    return list(kind, body);
  }

  /**
   * Lists those of one name. Rejected: to get it by its name, which may be the ID of another, and
   * for which a missing namespace and a missing resource are both 404.
   */
  public static RemoteRequest listNamed(CatalogKind<?, ?> kind, String name) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("filters")
        .putArray("AND")
        .addObject()
        .put("field", nameField(kind))
        .put("operator", "eq")
        .put("value", name);
    return list(kind, body.put("case_sensitive", true));
  }

  public static RemoteRequest create(CatalogKind<?, ?> kind, ObjectNode body) {
    return new RemoteRequest(Operation.CREATE, path(kind), Map.of(), body);
  }

  /** Makes a copy; the answer holds it in the field that {@link #cloned} names. */
  public static RemoteRequest clone(CatalogKind<?, ?> kind, String source, ObjectNode overrides) {
    return new RemoteRequest(Operation.CLONE, path(kind, source) + "/clone", Map.of(), overrides);
  }

  public static RemoteRequest patch(CatalogKind<?, ?> kind, String id, ObjectNode changes) {
    return new RemoteRequest(Operation.PATCH, path(kind, id), Map.of(), changes);
  }

  public static RemoteRequest delete(CatalogKind<?, ?> kind, String id) {
    return of(Operation.DELETE, path(kind, id));
  }

  /** {@code collection_name}. */
  public static String nameField(CatalogKind<?, ?> kind) {
    return cloned(kind) + "_name";
  }

  /** {@code collection_id}. */
  public static String idField(CatalogKind<?, ?> kind) {
    return cloned(kind) + "_id";
  }

  /** {@code collection}: where the answer to a clone holds what was made. */
  public static String cloned(CatalogKind<?, ?> kind) {
    return HasMetadata.getSingular(kind.resourceType());
  }

  /** The same with another parameter. */
  RemoteRequest with(String parameter, String value) {
    Map<String, String> more = new TreeMap<>(query);
    more.put(parameter, value);
    return new RemoteRequest(operation, path, more, body);
  }

  /** Path and query. */
  String target() {
    return query.isEmpty()
        ? path
        : query.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + segment(parameter.getValue()))
            .collect(Collectors.joining("&", path + "?", ""));
  }

  private static RemoteRequest list(CatalogKind<?, ?> kind, ObjectNode body) {
    return new RemoteRequest(
        Operation.LIST, path(kind) + "/list", Map.of(Page.LIMIT, Integer.toString(PAGE)), body);
  }

  private static RemoteRequest of(Operation operation, String path) {
    return new RemoteRequest(operation, path, Map.of(), MissingNode.getInstance());
  }

  private static String path(CatalogKind<?, ?> kind) {
    return ROOT + HasMetadata.getPlural(kind.resourceType());
  }

  private static String path(CatalogKind<?, ?> kind, String id) {
    return path(kind) + "/" + segment(id);
  }

  /** Without one the path would be that of all. */
  private static String segment(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("An ID or a value in a request is empty.");
    }
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
