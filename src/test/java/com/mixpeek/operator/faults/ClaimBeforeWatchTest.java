package com.mixpeek.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name is taken from the moment in which the operator has created what has it. */
class ClaimBeforeWatchTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void isSeenByTheNextClone(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("claims that no watch has shown"));
        TestNamespace namespace = new TestNamespace(proxy)) {
      TypedResources<?, ?> collections = namespace.resources(CatalogKind.COLLECTION);
      namespace.startOperator();
      collections.createResource("origin", "origin_name");
      collections.awaitResource("origin", Reason.Assigned);
      proxy
          .faults()
          .inject(Fault.EVENT_MISSED, Integer.MAX_VALUE, event -> event.is("watch", "collections"));
      collections.createClone("first", "origin", "wanted_name");
      collections.awaitReason("first", Reason.Cloned);
      collections.createClone("second", "origin", "wanted_name");
      collections.awaitReason("second", Reason.NameConflict);
      assertThat(collections.resources()).hasSize(2);
    }
  }
}
