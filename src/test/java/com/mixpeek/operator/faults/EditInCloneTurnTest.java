package com.mixpeek.operator.faults;

import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Labels;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A target loses its mark while the clone that has made it waits for the answer to its ID. */
class EditInCloneTurnTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void theCloneIsToldOfWhatOthersDoMeanwhile(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("edits in a clone's turn"));
        TestNamespace namespace = new TestNamespace(proxy)) {
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      collections.createResource("origin", "origin_name");
      namespace.startOperator();
      collections.awaitResource("origin", Reason.Assigned);
      proxy
          .faults()
          .inject(Fault.SLUGGISH, 1, passing -> passing.is("patch", "collections/status"));
      collections.createClone("copy", "origin", "copy_name");
      await()
          .pollInterval(Duration.ofMillis(10))
          .until(
              () ->
                  collections.resource("copy") != null
                      && collections.resource("copy").reportedId().isPresent());
      namespace
          .client()
          .resources(CatalogKind.COLLECTION.resourceType())
          .inNamespace(namespace.name())
          .withName("copy")
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\": {\"labels\": {\"" + Labels.CLONE_UID + "\": null}}}");
      collections.awaitReason("copy", Reason.TargetMissing);
    }
  }
}
