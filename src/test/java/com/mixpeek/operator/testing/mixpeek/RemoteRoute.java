package com.mixpeek.operator.testing.mixpeek;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.remote.Operation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which operation a method and path are.
 *
 * @param kind null for a namespace
 * @param id the ID or name in the path, empty where there is none
 */
record RemoteRoute(Operation operation, CatalogKind<?, ?> kind, String id) {

  private static final Pattern PATH =
      Pattern.compile("/v1/(collections|taxonomies|namespaces)(?:/([^/]+))?(/clone)?");

  static Optional<RemoteRoute> of(String method, String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    CatalogKind<?, ?> kind =
        CatalogKind.ALL.stream()
            .filter(k -> HasMetadata.getPlural(k.resourceType()).equals(matcher.group(1)))
            .findFirst()
            .orElse(null);
    String id =
        matcher.group(2) == null ? "" : URLDecoder.decode(matcher.group(2), StandardCharsets.UTF_8);
    return operation(method, kind, id, matcher.group(3) != null)
        .map(operation -> new RemoteRoute(operation, kind, id));
  }

  private static Optional<Operation> operation(
      String method, CatalogKind<?, ?> kind, String id, boolean clone) {
    String is =
        method + (kind == null ? " namespace" : id.isEmpty() ? "" : clone ? " clone" : " id");
    return Optional.ofNullable(
        switch (is) {
          case "GET namespace" -> Operation.GET_NAMESPACE;
          case "GET id" -> Operation.GET;
          case "POST id" -> id.equals("list") ? Operation.LIST : null;
          case "POST" -> Operation.CREATE;
          case "POST clone" -> Operation.CLONE;
          case "PATCH id" -> Operation.PATCH;
          case "DELETE id" -> Operation.DELETE;
          default -> null;
        });
  }
}
