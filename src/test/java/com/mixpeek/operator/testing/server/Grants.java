package com.mixpeek.operator.testing.server;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/**
 * The shipped roles, given to an account that only the suites use: a verb that the operator needs
 * and the roles lack fails a test.
 */
public final class Grants {

  private static final String NAME = "mixpeek-operator-suite";
  private static final String SHARD = NAME + "-shard";
  private static final String ACCOUNT = "system:serviceaccount:mixpeek-suite:mixpeek-operator";
  private static final String RBAC = "rbac.authorization.k8s.io";

  private Grants() {}

  /** Who the operator is on a server that has the grants. */
  static Config asOperator(Config admin) {
    return new ConfigBuilder(admin)
        .withImpersonateUsername(ACCOUNT)
        .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
        .build();
  }

  /** Gives the account the shipped ClusterRole's rules. */
  static void give(KubernetesClient client) {
    give(client, NAME, ShippedRoles.clusterRole());
  }

  /** Gives the account what a shard may do besides; {@link #takeShard} takes it away. */
  public static void giveShard(KubernetesClient client) {
    give(client, SHARD, ShippedRoles.shardRole());
  }

  public static void takeShard(KubernetesClient client) {
    take(client, SHARD);
  }

  private static void give(KubernetesClient client, String name, ShippedRoles roles) {
    ObjectMeta metadata = new ObjectMetaBuilder().withName(name).build();
    client
        .resource(new ClusterRoleBuilder().withMetadata(metadata).withRules(roles.rules()).build())
        .serverSideApply();
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withMetadata(metadata)
                .withNewRoleRef(RBAC, "ClusterRole", name)
                .addNewSubject(RBAC, "User", ACCOUNT, null)
                .build())
        .serverSideApply();
  }

  /** Takes them away again. */
  static void take(KubernetesClient client) {
    take(client, NAME);
  }

  private static void take(KubernetesClient client, String name) {
    client.rbac().clusterRoleBindings().withName(name).delete();
    client.rbac().clusterRoles().withName(name).delete();
  }

  /** Gives the account the shipped rules about the Lease, in a namespace. */
  public static void giveLease(KubernetesClient client, String namespace) {
    giveInNamespace(client, namespace, ShippedRoles.leaseRole().rules());
  }

  /** Gives the account the shipped rules about Secrets, in a namespace. */
  public static void giveConnections(KubernetesClient client, String namespace) {
    giveInNamespace(
        client, namespace, NAME + "-connections", ShippedRoles.connectionsRole().rules());
  }

  /** Gives the account the rules in a namespace. */
  public static void giveInNamespace(
      KubernetesClient client, String namespace, List<PolicyRule> rules) {
    giveInNamespace(client, namespace, NAME, rules);
  }

  private static void giveInNamespace(
      KubernetesClient client, String namespace, String name, List<PolicyRule> rules) {
    client
        .resource(new RoleBuilder().withMetadata(named(namespace, name)).withRules(rules).build())
        .serverSideApply();
    client
        .resource(
            new RoleBindingBuilder()
                .withMetadata(named(namespace, name))
                .withNewRoleRef(RBAC, "Role", name)
                .addNewSubject(RBAC, "User", ACCOUNT, null)
                .build())
        .serverSideApply();
  }

  private static ObjectMeta named(String namespace, String name) {
    return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
  }
}
