package com.mixpeek.operator.faults;

import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A status is written, its answer is lost, and before a watch shows it all is again as the status
 * before it says: that one is not taken to be what the API server has.
 */
class LostStatusTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void isWrittenOver(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("lost answers to a status"));
        TestNamespace namespace = new TestNamespace(proxy)) {
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      collections.createResource("origin", "origin_name");
      collections.createResource("holder", "shared_name");
      collections.createClone("copy", "origin", "shared_name");
      namespace.startOperator();
      collections.awaitReason("copy", Reason.NameConflict);
      proxy
          .faults()
          .inject(
              Fault.EVENT_LATE,
              Integer.MAX_VALUE,
              passing -> passing.is("watch", "collectionclones"));
      proxy
          .faults()
          .inject(Fault.HANG_AFTER, 1, passing -> passing.is("patch", "collectionclones/status"));
      collections.deleteResource("origin");
      await().until(() -> collections.reason("copy").equals(Reason.SourceNotFound.name()));
      collections.createResource("origin", "origin_name");
      collections.awaitReason("copy", Reason.NameConflict);
    }
  }
}
