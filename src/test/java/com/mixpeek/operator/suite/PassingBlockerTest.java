package com.mixpeek.operator.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A clone under {@code Delete} is replaced, and what the one before made is not gone yet: whoever
 * waits for the clone is not told at once that it failed.
 */
class PassingBlockerTest {

  private static final Duration KEPT_BACK = Duration.ofSeconds(2);

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void isToldOnceItLasts(TestServer server) {
    try (TestNamespace namespace = new TestNamespace(server.orSkip("blockers that go away"))) {
      for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
        TypedResources<?, ?> resources = namespace.resources(kind);
        resources.createResource("origin", "origin_name");
        resources.createResource("copy", "going_name", r -> belongToEarlierClone(kind, r));
      }
      // Which knows of them before there is a clone.
      namespace.startOperator();
      for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
        TypedResources<?, ?> resources = namespace.resources(kind);
        resources.awaitResource("origin", Reason.Assigned);
        long created = System.nanoTime();
        resources.createClone("copy", "origin", "copy_name");
        resources.awaitReason("copy", Reason.TargetExists);
        assertThat(Duration.ofNanos(System.nanoTime() - created)).isGreaterThan(KEPT_BACK);
        resources.deleteResource("copy");
        resources.editResource("copy", r -> r.getMetadata().setFinalizers(List.of()));
        resources.awaitReason("copy", Reason.Cloned);
      }
    }
  }

  /** Held by a finalizer, as the cluster would remove it at once. */
  private static void belongToEarlierClone(CatalogKind<?, ?> kind, HasMetadata resource) {
    resource.getMetadata().setFinalizers(List.of("example.com/hold"));
    resource
        .getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion(resource.getApiVersion())
                    .withKind(kind.cloneType().getSimpleName())
                    .withName("copy")
                    .withUid(UUID.randomUUID().toString())
                    .build()));
  }
}
