package com.mixpeek.operator.faults;

import com.mixpeek.operator.Controllers;
import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.cluster.Leadership;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The first list of clones comes in pages, and of the second there is none for a while. */
class BrokenFirstListOnServerTest {

  /** As many clones as a page has, and one. */
  private static final int CLONES = 501;

  /** Longer than the SDK waits for an informer. */
  private static final Duration BROKEN = Duration.ofSeconds(8);

  @Test
  void whatFailsAfterwardsIsTriedAgain() throws Exception {
    try (FaultProxy proxy = new FaultProxy(TestServer.REAL.orSkip("a list that breaks off"));
        TestNamespace namespace = new TestNamespace(proxy);
        KubernetesClient client = proxy.operatorClient();
        Controllers operator =
            new Controllers(
                client,
                namespace.settings(),
                Clock.systemUTC(),
                Leadership.always(),
                new SimpleMeterRegistry())) {
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      IntStream.range(0, CLONES)
          .parallel()
          .forEach(i -> collections.createClone("c-" + i, "nobody", "name_" + i));
      proxy
          .faults()
          .inject(
              Fault.UNAVAILABLE,
              Integer.MAX_VALUE,
              passing ->
                  passing.is("list", "collectionclones") && passing.path().contains("continue="));
      CompletableFuture<Void> starting = CompletableFuture.runAsync(operator::start);
      Thread.sleep(BROKEN.toMillis());
      // Of what changed since it was listed the SDK tells before all is listed.
      collections.editClone("c-0", clone -> clone.getSpec().setSuspend(true));
      Thread.sleep(BROKEN.toMillis());
      proxy.faults().heal();
      starting.get(TestNamespace.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      collections.createResource("origin", "origin_name");
      collections.awaitResource("origin", Reason.Assigned);
      proxy
          .faults()
          .inject(Fault.INTERNAL_ERROR, 1, passing -> passing.is("create", "collections"));
      collections.createClone("copy", "origin", "copy_name");
      collections.awaitReason("copy", Reason.Cloned);
    }
  }
}
