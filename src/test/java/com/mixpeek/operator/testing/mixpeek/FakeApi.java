package com.mixpeek.operator.testing.mixpeek;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.Operation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the API does with a request, without the network: keys, namespaces, and what is in them. */
final class FakeApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenApiContract contract = new OpenApiContract();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
  private final Clock clock;

  /** Of keys of other accounts: what has a name there, by key and name. */
  private final Map<String, String> aliases = new ConcurrentHashMap<>();

  void alias(String key, String name, String other) {
    aliases.put(key + " " + name, other);
  }

  void rename(String name, String other) {
    Namespace known = namespaces.remove(name);
    namespaces.put(other, new Namespace(known.id(), other, known.catalogs()));
  }

  private record Namespace(String id, String name, Map<CatalogKind<?, ?>, FakeCatalog> catalogs) {}

  /**
   * A request.
   *
   * @param authorization the header, null for none
   * @param namespace the header, null for none
   * @param body missing for none
   */
  record Call(
      String method,
      String path,
      RemoteRoute route,
      Map<String, String> query,
      String authorization,
      String namespace,
      JsonNode body) {

    Call with(JsonNode other) {
      return new Call(method, path, route, query, authorization, namespace, other);
    }

    /** The key that was sent, empty for none. */
    String key() {
      return authorization != null && authorization.startsWith("Bearer ")
          ? authorization.substring("Bearer ".length())
          : "";
    }
  }

  /** An answer. */
  record Response(int status, JsonNode body) {

    static Response ok(JsonNode body) {
      return new Response(200, body);
    }

    static Response error(int status, String type, String message) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.put("success", false).put("status", status);
      body.putObject("error").put("message", message).put("type", type);
      return new Response(status, body);
    }

    static Response missing(String resource, String id) {
      Response response = error(404, "NotFoundError", "No " + resource + " " + id);
      ((ObjectNode) response.body().path("error"))
          .putObject("details")
          .put("resource", resource)
          .put("id", id);
      return response;
    }

    /** In the shape of the framework that the API is made with. */
    static Response invalid(List<OpenApiContract.Violation> violations) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode detail = body.putArray("detail");
      for (OpenApiContract.Violation violation : violations) {
        ObjectNode problem = detail.addObject().put("msg", violation.message());
        problem.put("type", "value_error").set("loc", JSON.valueToTree(violation.location()));
      }
      return new Response(422, body);
    }
  }

  FakeApi(Clock clock) {
    this.clock = clock;
  }

  Set<String> keys() {
    return keys;
  }

  void addNamespace(String name) {
    Map<CatalogKind<?, ?>, FakeCatalog> catalogs = new ConcurrentHashMap<>();
    CatalogKind.ALL.forEach(kind -> catalogs.put(kind, new FakeCatalog(kind, contract, clock)));
    namespaces.put(name, new Namespace("ns_" + name, name, catalogs));
  }

  FakeCatalog catalog(String namespace, CatalogKind<?, ?> kind) {
    return namespace(namespace).orElseThrow().catalogs().get(kind);
  }

  /** In which ways an answer is not as the description says. */
  List<OpenApiContract.Violation> violations(Call call, Response response) {
    return contract.answer(call.method(), call.path(), response.status(), response.body());
  }

  /** Does what is asked. */
  Response respond(Call call) {
    if (!keys.contains(call.key())) {
      return Response.error(401, "UnauthorizedError", "Invalid API key");
    }
    RemoteRoute route = call.route();
    boolean aboutNamespace = route.operation() == Operation.GET_NAMESPACE;
    String asked = aboutNamespace ? route.id() : call.namespace();
    String name = asked == null ? null : aliases.getOrDefault(call.key() + " " + asked, asked);
    if (name == null) {
      return Response.error(400, "BadRequestError", "The header X-Namespace is missing");
    }
    List<OpenApiContract.Violation> wrong =
        contract.request(call.method(), call.path(), call.query(), call.body());
    if (!wrong.isEmpty()) {
      return Response.invalid(wrong);
    }
    Optional<Namespace> namespace = namespace(name);
    if (namespace.isEmpty()) {
      return Response.missing("namespace", name);
    }
    if (aboutNamespace) {
      ObjectNode found = JsonNodeFactory.instance.objectNode();
      found.put("namespace_id", namespace.get().id()).put("namespace_name", namespace.get().name());
      return Response.ok(contract.withDefaults("NamespaceModel", found));
    }
    return respond(call, namespace.get().catalogs().get(route.kind()));
  }

  private static Response respond(Call call, FakeCatalog catalog) {
    String id = call.route().id();
    return switch (call.route().operation()) {
      case GET -> catalog.get(id);
      case LIST -> catalog.list(call.query(), call.body());
      case CREATE -> catalog.create((ObjectNode) call.body());
      case CLONE -> catalog.clone(id, (ObjectNode) call.body());
      case PATCH -> catalog.patch(id, (ObjectNode) call.body());
      case DELETE -> catalog.delete(id);
      case GET_NAMESPACE -> throw new IllegalStateException("It is about no catalog.");
    };
  }

  private Optional<Namespace> namespace(String idOrName) {
    return namespaces.values().stream()
        .filter(known -> known.name().equals(idOrName) || known.id().equals(idOrName))
        .findFirst();
  }
}
