package com.mixpeek.operator.cli;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mixpeek.operator.Settings;
import com.mixpeek.operator.cli.manifest.Manifest;
import com.mixpeek.operator.cli.manifest.ManifestFiles;
import com.mixpeek.operator.cli.validation.ShippedCrds;
import com.mixpeek.operator.testing.ApiServer;
import com.mixpeek.operator.testing.RunningOperator;
import com.mixpeek.operator.testing.ShippedRoles;
import com.mixpeek.operator.testing.Tool;
import com.mixpeek.operator.testing.Yaml;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A namespace on a server, and the command line before it: with a kubeconfig that may only view,
 * where the server knows rights.
 */
final class Site implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String VIEWER = "viewer";

  final ApiServer server;
  final KubernetesClient client;
  final String namespace = "c-" + UUID.randomUUID().toString().substring(0, 8);
  final Path kubeconfig;
  private RunningOperator operator;

  Site(ApiServer server, Path folder) {
    this.server = server;
    this.client = server.client();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    this.kubeconfig =
        kubeconfig(folder, "context: {cluster: c, user: u, namespace: %s}".formatted(namespace));
  }

  /** A kubeconfig for the server whose one context is as given. */
  Path kubeconfig(Path folder, String context) {
    Config config = server.config();
    String trust =
        config.getCaCertData() == null
            ? "insecure-skip-tls-verify: true"
            : "certificate-authority-data: " + config.getCaCertData();
    String user = server.real() ? "token: " + token() : "username: nobody";
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, %s}]
        clusters: [{name: c, cluster: {server: "%s", %s}}]
        users: [{name: u, user: {%s}}]
        """
            .formatted(context, config.getMasterUrl(), trust, user);
    try {
      return Files.writeString(Files.createTempFile(folder, "kubeconfig", ""), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of an account that has the rules of the shipped ClusterRole mixpeek-view, here only. */
  private String token() {
    var metadata = new RoleBuilder().withNewMetadata().withName(VIEWER).withNamespace(namespace);
    client
        .resource(metadata.endMetadata().withRules(ShippedRoles.user("view").rules()).build())
        .serverSideApply();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(VIEWER)
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .serverSideApply();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(VIEWER)
                .withNamespace(namespace)
                .endMetadata()
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

  void startOperator() {
    stopOperator();
    operator = new RunningOperator(server, Settings.defaults().watching(Set.of(namespace)));
    operator.start();
  }

  void stopOperator() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  CommandResult run(String... arguments) {
    return CommandResult.by(kubeconfig, arguments);
  }

  /** Applies files, with kubectl where the server is real: it reads them by itself. */
  void apply(Path... files) {
    for (Path file : files) {
      if (server.real()) {
        kubectl("create", "-f", file.toString());
      } else {
        read(file).forEach(this::store);
      }
    }
  }

  String kubectl(String... arguments) {
    List<String> own =
        List.of("--kubeconfig=" + server.kubeconfig().orElseThrow(), "--namespace=" + namespace);
    return Tool.kubectlOrSkip("what kubectl reads in files")
        .run(Stream.concat(own.stream(), Stream.of(arguments)).toArray(String[]::new));
  }

  /** The embedded server fills in nothing, so it is given what a real one would store. */
  private void store(Manifest manifest) {
    ObjectNode stored = ShippedCrds.completed(manifest.kind(), manifest.content());
    create(Serialization.unmarshal(stored.toString(), GenericKubernetesResource.class));
  }

  void create(GenericKubernetesResource resource) {
    resources(resource.getKind()).resource(resource).create();
  }

  static List<Manifest> read(Path file) {
    return new ManifestFiles(
            InputStream.nullInputStream(),
            sentence -> {
              throw new AssertionError(sentence);
            })
        .read(List.of(file.toString()));
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      resources(String kind) {
    return client.genericKubernetesResources("mixpeek.com/v1alpha1", kind).inNamespace(namespace);
  }

  JsonNode get(String kind, String name) {
    GenericKubernetesResource resource = resources(kind).withName(name).get();
    return resource == null ? null : Yaml.tree(resource);
  }

  List<JsonNode> list(String kind) {
    return resources(kind).list().getItems().stream().map(Yaml::tree).toList();
  }

  /** Changes the spec as a person would. */
  void edit(String kind, String name, Consumer<Map<String, Object>> change) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              GenericKubernetesResource resource = resources(kind).withName(name).get();
              change.accept(resource.get("spec"));
              resources(kind).resource(resource).update();
              return true;
            });
  }

  void delete(String kind, String name) {
    resources(kind).withName(name).delete();
    await().atMost(PATIENCE).until(() -> get(kind, name) == null);
  }

  JsonNode awaitReason(String kind, String name, String reason) {
    await("%s of %s %s".formatted(reason, kind, name))
        .atMost(PATIENCE)
        .until(
            () -> get(kind, name).at("/status/conditions").findValuesAsText("reason"),
            r -> r.contains(reason));
    return get(kind, name);
  }

  @Override
  public void close() {
    stopOperator();
    for (String kind : List.of("CollectionClone", "TaxonomyClone", "Collection", "Taxonomy")) {
      resources(kind).delete();
    }
    client.namespaces().withName(namespace).delete();
    client.close();
  }
}
