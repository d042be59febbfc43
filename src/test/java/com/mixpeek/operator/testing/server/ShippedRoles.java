package com.mixpeek.operator.testing.server;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Rules of the roles in {@code deploy/}, read from its files without kubectl.
 *
 * <p>A rule that is restricted to names allows here what it allows for the names that it gives.
 */
public final class ShippedRoles {

  private static final Path FOLDER = Path.of("deploy");

  private final List<PolicyRule> rules;

  private ShippedRoles(List<PolicyRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** What the operator may do in every namespace: the ClusterRole. */
  public static ShippedRoles clusterRole() {
    return read("cluster/cluster-role.yaml", "mixpeek-operator");
  }

  /** What the operator may do in the one namespace that it watches: the overlay's Role. */
  public static ShippedRoles namespacedRole() {
    return read("overlays/namespaced/role.yaml", "mixpeek-operator");
  }

  /** What a shard may do besides, in every namespace. */
  public static ShippedRoles shardRole() {
    return read("overlays/shards/namespaces-role.yaml", "mixpeek-operator-namespaces");
  }

  /** What it may do besides in a namespace with Connections. */
  public static ShippedRoles connectionsRole() {
    return read("connections/role.yaml", "mixpeek-operator-connections");
  }

  /** What a replica may do with the Lease, in the operator's own namespace. */
  public static ShippedRoles leaseRole() {
    return read("operator/lease-role.yaml", "mixpeek-operator-lease");
  }

  /**
   * What people may do.
   *
   * @param role {@code view}, {@code edit} or {@code admin}
   */
  public static ShippedRoles user(String role) {
    return read("cluster/user-roles.yaml", "mixpeek-" + role);
  }

  /** These rules and those of another role. */
  public ShippedRoles and(ShippedRoles other) {
    List<PolicyRule> all = new ArrayList<>(rules);
    all.addAll(other.rules);
    return new ShippedRoles(all);
  }

  public List<PolicyRule> rules() {
    return rules;
  }

  /**
   * Whether a request is allowed.
   *
   * @param verb as RBAC names it
   * @param group the API group, empty for the core
   * @param resource the plural, with {@code /status} for that subresource
   */
  public boolean allows(String verb, String group, String resource) {
    return rules.stream()
        .anyMatch(
            rule ->
                holds(rule.getVerbs(), verb)
                    && holds(rule.getApiGroups(), group)
                    && holds(rule.getResources(), resource));
  }

  private static boolean holds(List<String> allowed, String asked) {
    return allowed.contains(asked) || allowed.contains("*");
  }

  private static ShippedRoles read(String file, String name) {
    return documents(FOLDER.resolve(file))
        .filter(document -> document.getMetadata().getName().equals(name))
        .map(ShippedRoles::rulesOf)
        .filter(Objects::nonNull)
        .findFirst()
        .map(ShippedRoles::new)
        .orElseThrow(() -> new IllegalStateException("No role %s in %s".formatted(name, file)));
  }

  private static List<PolicyRule> rulesOf(HasMetadata document) {
    if (document instanceof ClusterRole role) {
      return role.getRules();
    }
    return document instanceof Role role ? role.getRules() : null;
  }

  private static Stream<HasMetadata> documents(Path file) {
    try {
      Object parsed = new KubernetesSerialization().unmarshal(Files.readString(file));
      return (parsed instanceof List<?> list ? list : List.of(parsed))
          .stream().map(HasMetadata.class::cast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
