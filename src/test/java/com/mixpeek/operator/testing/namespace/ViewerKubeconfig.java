package com.mixpeek.operator.testing.namespace;

import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.ShippedRoles;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A kubeconfig of an account that has the rules of the shipped ClusterRole mixpeek-view in one
 * namespace, where the server knows rights.
 */
public final class ViewerKubeconfig {

  private static final String VIEWER = "viewer";

  private ViewerKubeconfig() {}

  /**
   * Writes one.
   *
   * @param folder where it is written to
   * @param namespace where the account may view
   * @param current the namespace that the kubeconfig's context names, null where it names none
   */
  public static Path write(Path folder, TestNamespace namespace, String current) {
    ApiServer server = namespace.server();
    Config config = server.config();
    String trust =
        config.getCaCertData() == null
            ? "insecure-skip-tls-verify: true"
            : "certificate-authority-data: " + config.getCaCertData();
    String user =
        server.real()
            ? "token: " + token(namespace.client(), namespace.name())
            : "username: nobody";
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: c, user: u%s}}]
        clusters: [{name: c, cluster: {server: "%s", %s}}]
        users: [{name: u, user: {%s}}]
        """
            .formatted(
                current == null ? "" : ", namespace: " + current,
                config.getMasterUrl(),
                trust,
                user);
    try {
      return Files.writeString(Files.createTempFile(folder, "kubeconfig", ""), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token(KubernetesClient client, String namespace) {
    ObjectMeta metadata = new ObjectMetaBuilder().withName(VIEWER).withNamespace(namespace).build();
    client
        .resource(
            new RoleBuilder()
                .withMetadata(metadata)
                .withRules(ShippedRoles.user("view").rules())
                .build())
        .serverSideApply();
    client.resource(new ServiceAccountBuilder().withMetadata(metadata).build()).serverSideApply();
    client
        .resource(
            new RoleBindingBuilder()
                .withMetadata(metadata)
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", VIEWER)
                .addNewSubject(null, "ServiceAccount", VIEWER, namespace)
                .build())
        .serverSideApply();
    return client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(VIEWER)
        .tokenRequest(new TokenRequest())
        .getStatus()
        .getToken();
  }
}
