package com.mixpeek.operator.faults;

import static org.awaitility.Awaitility.await;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Connection comes to work before any watch has shown a target that waits for it. */
class LateTargetTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void isMadeAtMixpeek(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("late targets"));
        FakeMixpeek mixpeek = new FakeMixpeek();
        TestNamespace namespace = new TestNamespace(proxy)) {
      namespace.connect(mixpeek);
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      namespace.startOperator();
      collections.createResource("origin", "origin_name");
      collections.awaitResource("origin", Reason.Assigned);
      lead(namespace, "nowhere", Reason.NamespaceNotFound);
      proxy
          .faults()
          .inject(Fault.EVENT_MISSED, Integer.MAX_VALUE, event -> event.is("watch", "collections"));
      collections.createClone("copy", "origin", "copy_name");
      collections.awaitResource("copy", Reason.ConnectionNotReady);
      lead(namespace, namespace.name(), Reason.Connected);
      collections.awaitResource("copy", Reason.Assigned);
    }
  }

  private static void lead(TestNamespace namespace, String to, Reason reason) {
    namespace.editConnection(connection -> connection.getSpec().setNamespace(to));
    await().until(() -> namespace.liveConnection().isReported(reason));
  }
}
