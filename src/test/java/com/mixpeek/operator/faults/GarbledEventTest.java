package com.mixpeek.operator.faults;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What answers a watch for a moment is no API server: the first line of it is no event. */
class GarbledEventTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void theKindIsWatchedAgain(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("garbled events"));
        TestNamespace namespace = new TestNamespace(proxy)) {
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      namespace.startOperator();
      collections.createResource("first", "first_name");
      collections.awaitResource("first", Reason.Assigned);
      proxy.faults().inject(Fault.EVENT_GARBLED, 1, event -> event.is("watch", "collections"));
      collections.createResource("second", "second_name");
      collections.awaitResource("second", Reason.Assigned);
    }
  }
}
