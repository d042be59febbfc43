package com.mixpeek.operator.faults;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A target is created and deleted while the watch is broken, and the list that follows has nothing
 * of it: the operator knows of the target from its own write alone, and of its end from nobody.
 */
class UnseenDeletionTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void whatNoListAndNoWatchEverShowedIsFoundToBeGone(TestServer server) {
    try (FaultProxy proxy = new FaultProxy(server.orSkip("unseen deletions"));
        TestNamespace namespace = new TestNamespace(proxy)) {
      List<? extends TypedResources<?, ?>> kinds =
          CatalogKind.ALL.stream().map(namespace::resources).toList();
      kinds.forEach(resources -> resources.createResource("origin", "origin_name"));
      namespace.startOperator();
      kinds.forEach(resources -> resources.awaitResource("origin", Reason.Assigned));
      proxy.faults().inject(Fault.EVENT_MISSED, Integer.MAX_VALUE, UnseenDeletionTest::isOfTarget);
      kinds.forEach(resources -> resources.createClone("copy", "origin", "copy_name"));
      kinds.forEach(resources -> resources.awaitReason("copy", Reason.Cloned));
      kinds.forEach(resources -> resources.deleteResource("copy"));
      proxy.endWatches(Fault.WATCH_GONE);
      kinds.forEach(resources -> resources.awaitReason("copy", Reason.TargetMissing));
    }
  }

  private static boolean isOfTarget(Faults.Passing passing) {
    return passing.names("copy_name")
        && CatalogKind.ALL.stream()
            .anyMatch(kind -> passing.is("watch", HasMetadata.getPlural(kind.resourceType())));
  }
}
