package com.mixpeek.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Collection;
import com.mixpeek.operator.api.CollectionClone;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.EnvtestApiServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code status --watch} when the connection breaks: it reports it, and goes on afterwards. */
class StatusConnectionOnServerTest {

  private final TestNamespace namespace = TestNamespace.onRealServer("a connection that breaks");
  private final TypedResources<CollectionClone, Collection> resources =
      namespace.resources(CatalogKind.COLLECTION);
  private final StatusRunner status = new StatusRunner(namespace.server());

  @AfterEach
  void close() throws InterruptedException {
    status.interrupt();
    // A server that was just started answers 429 until it has read what it stores of a kind.
    for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
      await()
          .atMost(TestNamespace.PATIENCE)
          .ignoreExceptionsInstanceOf(KubernetesClientException.class)
          .until(
              () ->
                  namespace
                          .client()
                          .resources(kind.resourceType())
                          .inNamespace(namespace.name())
                          .list()
                      != null);
    }
    namespace.close();
  }

  @Test
  void theConnectionBreaksAndComesBack() throws IOException {
    EnvtestApiServer own = namespace.requireOwnServer("a connection that breaks");
    resources.createClone("before", "origin", "before_name");
    status.follow(false, "-n", namespace.name(), "-w");
    await()
        .atMost(TestNamespace.PATIENCE)
        .until(() -> status.out().contains("collectionclone/before"));
    own.stopServer();
    await()
        .atMost(TestNamespace.PATIENCE)
        .until(() -> status.err().contains("is lost: trying again."));
    own.startServer();
    resources.createClone("after", "origin", "after_name");
    await()
        .atMost(TestNamespace.PATIENCE.multipliedBy(2))
        .until(
            () ->
                status.out().contains("collectionclone/after")
                    && status.err().contains("is back."));
    assertThat(status.out().lines().map(l -> l.substring(l.indexOf(' '))).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void aServerThatNoLongerAnswersIsToldOf() {
    EnvtestApiServer own = namespace.requireOwnServer("a connection that breaks");
    resources.createClone("before", "origin", "before_name");
    status.follow(false, "-n", namespace.name(), "-w");
    await()
        .atMost(TestNamespace.PATIENCE)
        .until(() -> status.out().contains("collectionclone/before"));
    own.freezeServer();
    try {
      await()
          .atMost(TestNamespace.PATIENCE.multipliedBy(2))
          .until(() -> status.err().contains("is lost:"));
    } finally {
      own.thawServer();
    }
    resources.createClone("after", "origin", "after_name");
    await()
        .atMost(TestNamespace.PATIENCE.multipliedBy(2))
        .until(
            () ->
                status.out().contains("collectionclone/after")
                    && status.err().contains("is back."));
  }
}
