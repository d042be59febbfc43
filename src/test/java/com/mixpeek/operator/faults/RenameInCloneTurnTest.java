package com.mixpeek.operator.faults;

import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another resource takes a target's name while the clone that has made it writes its ID. */
class RenameInCloneTurnTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void theTargetIsToldThatItsNameIsTheOthers(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("renames in a clone's turn"));
        TestNamespace namespace = new TestNamespace(proxy)) {
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      collections.createResource("origin", "origin_name");
      namespace.startOperator();
      collections.awaitResource("origin", Reason.Assigned);
      collections.awaitPrecedence("origin");
      proxy.delay(passing -> passing.is("patch", "collections/status"));
      collections.createClone("copy", "origin", "copy_name");
      await().pollInterval(Duration.ofMillis(10)).until(() -> collections.resource("copy") != null);
      collections.editResource("origin", r -> r.getSpec().put("collectionName", "copy_name"));
      collections.awaitResource("copy", Reason.DuplicateName);
    }
  }
}
