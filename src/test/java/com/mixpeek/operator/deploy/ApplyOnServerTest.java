package com.mixpeek.operator.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.testing.Program;
import com.mixpeek.operator.testing.server.ApiServer;
import com.mixpeek.operator.testing.server.ClusterApiServer;
import com.mixpeek.operator.testing.server.RealServer;
import com.mixpeek.operator.testing.server.ShippedRoles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a real API server says to everything that is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplyOnServerTest {

  private static final String NAMESPACE = "mixpeek-system";
  private static final String ACCOUNT = "system:serviceaccount:" + NAMESPACE + ":mixpeek-operator";
  private static final String ELSEWHERE = "mixpeek-elsewhere";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> VERBS =
      List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");
  private static final List<String> RESOURCES =
      List.of(
          "mixpeek.com/collections",
          "mixpeek.com/taxonomies",
          "mixpeek.com/collectionclones",
          "mixpeek.com/taxonomyclones",
          "mixpeek.com/collections/status",
          "mixpeek.com/taxonomies/status",
          "mixpeek.com/collectionclones/status",
          "mixpeek.com/taxonomyclones/status",
          "mixpeek.com/collectionclones/finalizers",
          "events.k8s.io/events",
          "coordination.k8s.io/leases",
          "/events",
          "/secrets",
          "/configmaps",
          "/pods",
          "rbac.authorization.k8s.io/roles");

  private final ApiServer server = RealServer.orSkip("deploy/install.yaml on a real API server");
  private final KubernetesClient client = server.client();
  private final List<HasMetadata> installed =
      StrictManifests.read(StrictManifests.INSTALL).stream().map(StrictManifests::parse).toList();

  ApplyOnServerTest() {
    if (server instanceof ClusterApiServer) {
      System.err.printf(
          "%n*** SKIPPED: installing deploy/install.yaml on %s, where an operator may be.%n%n",
          server.describe());
      Assumptions.abort("somebody's cluster");
    }
    installed.forEach(document -> client.resource(document).forceConflicts().serverSideApply());
  }

  @AfterAll
  void remove() {
    installed.stream()
        .filter(document -> !(document instanceof CustomResourceDefinition))
        .forEach(document -> client.resource(document).delete());
    client.namespaces().withName(ELSEWHERE).delete();
    client.close();
  }

  @Test
  void applyingAgainChangesNothing() {
    assertThat(installed)
        .allSatisfy(
            document -> {
              String before = client.resource(document).get().getMetadata().getResourceVersion();
              client.resource(document).forceConflicts().serverSideApply();
              assertThat(client.resource(document).get().getMetadata().getResourceVersion())
                  .as(document.getKind() + " " + document.getMetadata().getName())
                  .isEqualTo(before);
            });
  }

  @Test
  void theRestrictedNamespaceAdmitsThePod() {
    Deployment deployment = StrictManifests.one(StrictManifests.INSTALL, Deployment.class);
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("admitted")
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withSpec(deployment.getSpec().getTemplate().getSpec())
            .build();
    assertThat(client.resource(pod).dryRun(true).create().getSpec().getContainers()).hasSize(1);
    pod.getSpec().getContainers().get(0).getSecurityContext().setAllowPrivilegeEscalation(true);
    assertThat(
            catchThrowableOfType(
                    KubernetesClientException.class,
                    () -> client.resource(pod).dryRun(true).create())
                .getMessage())
        .contains("violates PodSecurity \"restricted");
  }

  @Test
  void theOneNamespaceOverlayIsAccepted() {
    Program kubectl = Program.kubectlOrSkip("the overlay for one namespace on a real API server");
    createNamespace("mixpeek");
    List<HasMetadata> overlay =
        StrictManifests.documents(kubectl.run("kustomize", "deploy/overlays/namespaced").ok())
            .stream()
            .map(StrictManifests::parse)
            .toList();
    assertThat(overlay)
        .isNotEmpty()
        .allSatisfy(
            document -> {
              assertThat(document.getMetadata().getNamespace()).isEqualTo("mixpeek");
              client.resource(document).dryRun(true).forceConflicts().serverSideApply();
            });
    client.namespaces().withName("mixpeek").delete();
  }

  @Test
  void theAccountMayWhatItsRolesSayAndNoMore() {
    ShippedRoles here = ShippedRoles.clusterRole().and(ShippedRoles.leaseRole());
    ShippedRoles there = ShippedRoles.clusterRole();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              SoftAssertions all = new SoftAssertions();
              compare(all, ACCOUNT, NAMESPACE, "mixpeek-operator", here);
              compare(all, ACCOUNT, ELSEWHERE, "mixpeek-operator", there);
              all.assertAll();
            });
    assertThat(may(ACCOUNT, "patch", "coordination.k8s.io/leases", NAMESPACE, "another")).isFalse();
  }

  @Test
  void peopleMayWhatTheirRolesSay() {
    createNamespace(ELSEWHERE);
    Stream.of("view", "edit", "admin").forEach(role -> bind(role, role + "-ann"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              SoftAssertions all = new SoftAssertions();
              Stream.of("view", "edit", "admin")
                  .forEach(
                      role ->
                          compare(all, role + "-ann", ELSEWHERE, "any", ShippedRoles.user(role)));
              all.assertAll();
            });
  }

  private void bind(String role, String user) {
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(user)
                .withNamespace(ELSEWHERE)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "mixpeek-" + role)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  private void createNamespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .serverSideApply();
  }

  private void compare(
      SoftAssertions all, String user, String namespace, String name, ShippedRoles roles) {
    for (String resource : RESOURCES) {
      String group = resource.substring(0, resource.indexOf('/'));
      String plural = resource.substring(resource.indexOf('/') + 1);
      for (String verb : VERBS) {
        all.assertThat(may(user, verb, resource, namespace, name))
            .as("%s may %s %s in %s", user, verb, resource, namespace)
            .isEqualTo(roles.allows(verb, group, plural));
      }
    }
  }

  private boolean may(String user, String verb, String resource, String namespace, String name) {
    String[] parts = resource.split("/");
    return client
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(parts[0])
                .withResource(parts[1])
                .withSubresource(parts.length > 2 ? parts[2] : null)
                .withNamespace(namespace)
                .withName(verb.equals("create") ? null : name)
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }
}
