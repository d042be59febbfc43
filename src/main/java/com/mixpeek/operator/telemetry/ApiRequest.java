package com.mixpeek.operator.telemetry;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to the API server as RBAC sees it; from bounded sets, fit for labels.
 *
 * @param verb get, list, watch, create, update, patch, delete
 * @param group the API group, empty for the core
 * @param resource the plural, with {@code /status} for that subresource; the path of what is none
 */
public record ApiRequest(String verb, String group, String resource) {

  /** Behind whatever path a proxy has the API server at. */
  private static final Pattern PATH =
      Pattern.compile(
          ".*?/apis?/(?:(?<group>[^/]*\\.[^/]*)/)?v[^/]+(?:/namespaces/[^/]+)?/(?<resource>[^/]+)"
              + "(?:/(?<name>[^/]+))?(?:/(?<sub>[^/]+))?");

  public static ApiRequest of(String method, URI uri) {
    Matcher path = PATH.matcher(uri.getPath());
    if (!path.matches()) {
      return new ApiRequest(method.toLowerCase(Locale.ROOT), "", uri.getPath());
    }
    String group = path.group("group") == null ? "" : path.group("group");
    String sub = path.group("sub") == null ? "" : "/" + path.group("sub");
    boolean named = path.group("name") != null;
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    String verb =
        switch (method) {
          case "GET" -> query.contains("watch=true") ? "watch" : named ? "get" : "list";
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          default -> "delete";
        };
    return new ApiRequest(verb, group, path.group("resource") + sub);
  }

  public boolean writes() {
    return !List.of("get", "list", "watch").contains(verb);
  }

  /** Whether it is about the operator's own kinds, not about events or leases. */
  public boolean ours() {
    return group.equals("mixpeek.com");
  }

  @Override
  public String toString() {
    return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
  }
}
