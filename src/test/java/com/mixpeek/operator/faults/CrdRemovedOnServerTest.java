package com.mixpeek.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.CrdInstaller;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.Kinds;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.Crds;
import com.mixpeek.operator.testing.server.EnvtestApiServer;
import com.mixpeek.operator.testing.server.RealServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * CRDs that are removed while the operator runs, and with them all that there is, are a pause. On a
 * server of its own, as nobody else's resources are to go.
 */
class CrdRemovedOnServerTest {

  /** Some attempts to list long. */
  private static final Duration ABSENCE = Duration.ofSeconds(3);

  @Test
  void goesOnWithAKindThatComesBack() {
    RealServer.orSkip("the removal of CRDs");
    EnvtestApiServer server = EnvtestApiServer.fromThisMachine().orElse(null);
    Assumptions.assumeTrue(server != null, "not our API server");
    try (server;
        TestNamespace namespace = new TestNamespace(server)) {
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      TypedResources<?, ?> taxonomies = namespace.resources(CatalogKind.TAXONOMY);
      namespace.startOperator();
      clone(collections, "before");
      remove(namespace.client(), CatalogKind.COLLECTION);
      clone(taxonomies, "meanwhile");
      // How long it is away, which nothing waits for.
      LockSupport.parkNanos(ABSENCE.toNanos());
      Crds.install(namespace.client());
      clone(collections, "after");
      assertThat(collections.resources()).hasSize(2);
      clone(taxonomies, "afterwards");
    }
  }

  @Test
  void isRemovedOnlyWhenNoResourceHasAFinalizer() {
    RealServer.orSkip("the removal of CRDs");
    EnvtestApiServer server = EnvtestApiServer.fromThisMachine().orElse(null);
    Assumptions.assumeTrue(server != null, "not our API server");
    try (server;
        TestNamespace namespace = new TestNamespace(server)) {
      CrdInstaller installer = new CrdInstaller(namespace.client());
      namespace.resources(CatalogKind.COLLECTION).createResource("origin", "origin_name");
      var origin =
          namespace
              .client()
              .resources(Collection.class)
              .inNamespace(namespace.name())
              .withName("origin");
      origin.edit(
          collection -> {
            collection.getMetadata().setFinalizers(List.of("mixpeek.com/remote"));
            return collection;
          });
      installer.remove(Kinds.TYPES);
      assertThat(installer.leaving(ABSENCE)).containsExactly("collections.mixpeek.com");
      origin.edit(
          collection -> {
            collection.getMetadata().setFinalizers(List.of());
            return collection;
          });
      assertThat(installer.leaving(TestNamespace.PATIENCE)).isEmpty();
      assertThat(installer.missing()).hasSameElementsAs(Kinds.TYPES);
      Crds.install(namespace.client());
    }
  }

  private static void clone(TypedResources<?, ?> resources, String name) {
    if (resources.resource("origin") == null) {
      resources.createResource("origin", "origin_name");
    }
    resources.createClone(name, "origin", name + "_name");
    resources.awaitReason(name, Reason.Cloned);
  }

  private static void remove(KubernetesClient client, CatalogKind<?, ?> kind) {
    var crds = client.apiextensions().v1().customResourceDefinitions();
    crds.list().getItems().stream()
        .filter(crd -> crd.getSpec().getNames().getKind().startsWith(kind.name()))
        .forEach(
            crd -> {
              crds.withName(crd.getMetadata().getName()).delete();
              await()
                  .atMost(TestNamespace.PATIENCE)
                  .until(() -> crds.withName(crd.getMetadata().getName()).get() == null);
            });
  }
}
