package com.mixpeek.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.remote.Operation;
import com.mixpeek.operator.testing.mixpeek.FakeMixpeek;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The operator takes the last finalizer off a resource that is being deleted, and no watch tells
 * that it is gone: the operator's own write is enough to know.
 */
class UntoldDeletionTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void itsNameIsGivenToWhoWaitsAndItIsDeletedAtMixpeekOnce(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("untold deletions"));
        FakeMixpeek mixpeek = new FakeMixpeek();
        TestNamespace namespace = new TestNamespace(proxy)) {
      namespace.connect(mixpeek);
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      collections.createResource("holder", "shared_name");
      namespace.startOperator();
      collections.awaitResource("holder", Reason.Assigned);
      collections.createResource("second", "shared_name");
      collections.awaitResource("second", Reason.DuplicateName);
      proxy
          .faults()
          .inject(
              Fault.EVENT_MISSED,
              Integer.MAX_VALUE,
              event -> event.is("watch", "collections") && event.names("DELETED"));
      collections.deleteResource("holder");
      collections.awaitResource("second", Reason.Assigned);
      assertThat(mixpeek.exchanges().stream().filter(e -> e.operation() == Operation.DELETE))
          .hasSize(1);
    }
  }
}
