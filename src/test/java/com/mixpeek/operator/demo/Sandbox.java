package com.mixpeek.operator.demo;

import com.mixpeek.operator.CrdInstaller;
import com.mixpeek.operator.testing.server.ApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A namespace of the demo's own. On somebody's cluster it and the CRDs that were missing are
 * removed again; CRDs that were there before hold other people's data and are not touched.
 */
final class Sandbox implements AutoCloseable {

  private static final String NAME = "mixpeek-demo";

  /** What a namespace's own removal may take on a busy cluster, in seconds. */
  private static final int REMOVAL = 90;

  private final KubernetesClient client;
  private final boolean somebodys;
  private final PrintStream out;
  private List<Class<? extends HasMetadata>> installed = List.of();
  private String namespace;

  /**
   * @param somebodys whether the server outlives the demo
   */
  Sandbox(ApiServer server, boolean somebodys, PrintStream out) {
    this.client = server.client();
    this.somebodys = somebodys;
    this.out = out;
  }

  /** Makes the namespace, and installs the CRDs that are missing. */
  synchronized void open() {
    if (!somebodys) {
      namespace = NAME;
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(NAME).endMetadata().build())
          .create();
      return;
    }
    CrdInstaller install = new CrdInstaller(client);
    installed = install.missing();
    install.put(installed);
    out.println(
        installed.isEmpty()
            ? "The CRDs were there already: they are used as they are."
            : "The CRDs were missing: they are installed, and removed in the end.");
    namespace =
        client
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName(NAME + "-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
  }

  synchronized String namespace() {
    return namespace;
  }

  /** Whether another operator seems to run: both then work on the demo's resources. */
  boolean otherOperator() {
    if (!somebodys) {
      return false;
    }
    try {
      return client.apps().deployments().inAnyNamespace().list().getItems().stream()
          .anyMatch(d -> d.getMetadata().getName().contains("mixpeek-operator"));
    } catch (KubernetesClientException e) {
      // Not everybody may look into all namespaces, and it is only a remark.
      return false;
    }
  }

  @Override
  public synchronized void close() {
    if (somebodys) {
      try {
        removeNamespace();
        removeCrds();
      } catch (RuntimeException e) {
        out.printf("Not everything could be removed: %s%n", DemoStoppedException.why(e));
      }
    }
    client.close();
  }

  private void removeNamespace() {
    if (namespace != null) {
      out.printf("Removing namespace %s.%n", namespace);
      client.namespaces().withName(namespace).delete();
      client
          .namespaces()
          .withName(namespace)
          .waitUntilCondition(n -> n == null, REMOVAL, TimeUnit.SECONDS);
    }
  }

  private void removeCrds() {
    CrdInstaller install = new CrdInstaller(client);
    List<String> inUse = installed.isEmpty() ? List.of() : install.inUse();
    if (!inUse.isEmpty()) {
      out.printf(
          "The CRDs stay, for meanwhile there are %s: `make uninstall` removes them.%n",
          String.join("; ", inUse));
    } else if (!installed.isEmpty()) {
      out.println("Removing the CRDs.");
      install.remove(installed);
    }
  }
}
