package com.mixpeek.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.testing.server.ShippedRoles;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator's account may do, and what people may. */
class LeastPrivilegeTest {

  private static final Set<String> KINDS =
      Set.of("collections", "taxonomies", "collectionclones", "taxonomyclones", "connections");

  static Stream<ShippedRoles> operatorRoles() {
    return Stream.of(
        ShippedRoles.clusterRole(),
        ShippedRoles.namespacedRole(),
        ShippedRoles.shardRole(),
        ShippedRoles.leaseRole());
  }

  @ParameterizedTest
  @MethodSource("operatorRoles")
  void noSecretsNoDeletionNoUpdateNoWildcard(ShippedRoles role) {
    assertThat(role.rules())
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(rule.getApiGroups())
                  .isSubsetOf("mixpeek.com", "events.k8s.io", "coordination.k8s.io", "");
              assertThat(rule.getResources()).doesNotContain("*", "secrets");
              assertThat(rule.getVerbs()).isSubsetOf("get", "list", "watch", "create", "patch");
              assertThat(rule.getNonResourceURLs()).isEmpty();
            });
  }

  @Test
  void theClusterRoleIsThis() {
    assertThat(granted(ShippedRoles.clusterRole()))
        .containsExactlyInAnyOrder(
            "get collections",
            "list collections",
            "watch collections",
            "create collections",
            "patch collections",
            "get taxonomies",
            "list taxonomies",
            "watch taxonomies",
            "create taxonomies",
            "patch taxonomies",
            "list collectionclones",
            "watch collectionclones",
            "list taxonomyclones",
            "watch taxonomyclones",
            "list connections",
            "watch connections",
            "patch collections/status",
            "patch taxonomies/status",
            "patch collectionclones/status",
            "patch taxonomyclones/status",
            "patch connections/status",
            "create events");
  }

  @Test
  void theRoleForOneNamespaceHasTheSameRules() {
    assertThat(ShippedRoles.namespacedRole().rules()).isEqualTo(ShippedRoles.clusterRole().rules());
  }

  @Test
  void aShardSeesNamespacesBesides() {
    assertThat(granted(ShippedRoles.shardRole()))
        .containsExactlyInAnyOrder("list namespaces", "watch namespaces");
  }

  @Test
  void theLeaseRoleIsForOneLease() {
    assertThat(granted(ShippedRoles.leaseRole()))
        .containsExactlyInAnyOrder("get leases", "create leases", "patch leases");
    assertThat(ShippedRoles.leaseRole().rules())
        .allSatisfy(
            rule ->
                assertThat(rule.getResourceNames())
                    .isEqualTo(
                        rule.getVerbs().contains("create")
                            ? List.of()
                            : List.of("mixpeek-operator")));
  }

  /** It is not installed unless somebody asks for it, in a namespace. */
  @Test
  void secretsAreReadOneByOneByARoleOfItsOwn() {
    assertThat(granted(ShippedRoles.connectionsRole())).containsExactly("get secrets");
    assertThat(StrictManifests.read(StrictManifests.INSTALL))
        .extracting(StrictManifests::title)
        .contains("ClusterRole mixpeek-operator")
        .doesNotContain("Role mixpeek-operator-connections");
  }

  @ParameterizedTest
  @ValueSource(strings = {"view", "edit", "admin"})
  void peopleReadAllAndWriteNoStatus(String role) {
    ShippedRoles roles = ShippedRoles.user(role);
    for (String kind : KINDS) {
      for (String verb : List.of("get", "list", "watch")) {
        assertThat(roles.allows(verb, "mixpeek.com", kind)).as(verb + " " + kind).isTrue();
      }
      for (String verb : List.of("create", "update", "patch", "delete")) {
        assertThat(roles.allows(verb, "mixpeek.com", kind))
            .as(verb + " " + kind)
            .isEqualTo(!role.equals("view"));
        assertThat(roles.allows(verb, "mixpeek.com", kind + "/status")).isFalse();
      }
      assertThat(roles.allows("get", "mixpeek.com", kind + "/status")).isTrue();
    }
    ClusterRole shipped =
        StrictManifests.read(StrictManifests.DEPLOY.resolve("cluster/user-roles.yaml")).stream()
            .map(StrictManifests::parse)
            .map(ClusterRole.class::cast)
            .filter(r -> r.getMetadata().getName().equals("mixpeek-" + role))
            .findFirst()
            .orElseThrow();
    assertThat(shipped.getMetadata().getLabels())
        .containsEntry("rbac.authorization.k8s.io/aggregate-to-" + role, "true");
  }

  private static Set<String> granted(ShippedRoles roles) {
    Set<String> granted = new TreeSet<>();
    for (PolicyRule rule : roles.rules()) {
      for (String resource : rule.getResources()) {
        rule.getVerbs().forEach(verb -> granted.add(verb + " " + resource));
      }
    }
    return granted;
  }
}
