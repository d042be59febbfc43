package com.mixpeek.operator.faults;

import com.mixpeek.operator.api.CatalogKind;
import com.mixpeek.operator.api.MixpeekResource;
import com.mixpeek.operator.api.Reason;
import com.mixpeek.operator.testing.namespace.TestNamespace;
import com.mixpeek.operator.testing.namespace.TypedResources;
import com.mixpeek.operator.testing.server.TestServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody else writes a status, which the operator corrects. */
class ForeignStatusTest {

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void isCorrected(TestServer server) {
    try (TestNamespace namespace = new TestNamespace(server.orSkip("foreign statuses"))) {
      namespace.startOperator();
      for (CatalogKind<?, ?> kind : CatalogKind.ALL) {
        TypedResources<?, ?> resources = namespace.resources(kind);
        resources.createResource("origin", "origin_name");
        resources.createClone("copy", "origin", "copy_name");
        resources.awaitReason("copy", Reason.Cloned);
        edit(namespace, resources.resource("origin"), Reason.ReferenceNotReady);
        edit(namespace, resources.clone("copy"), Reason.TargetPending);
        resources.awaitResource("origin", Reason.Assigned);
        resources.awaitReason("copy", Reason.Cloned);
      }
    }
  }

  private static void edit(TestNamespace namespace, MixpeekResource<?, ?> resource, Reason reason) {
    Condition ready = resource.ready().orElseThrow();
    ready.setStatus("False");
    ready.setReason(reason.name());
    ready.setLastTransitionTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    List<?> patch =
        List.of(Map.of("op", "replace", "path", "/status/conditions/0", "value", ready));
    namespace
        .client()
        .resource(resource)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON), Serialization.asJson(patch));
  }
}
